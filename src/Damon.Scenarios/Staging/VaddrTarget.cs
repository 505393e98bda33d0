using Damon.Model.Kdamonds;

namespace Damon.Scenarios.Staging;

/// <summary>A target of a kdamond of vaddr that damo cannot name: a process by its name, or a cgroup.</summary>
/// <param name="Kdamond">The kdamond.</param>
/// <param name="Settings">The target.</param>
internal sealed record VaddrTarget(int Kdamond, TargetSettings Settings);
