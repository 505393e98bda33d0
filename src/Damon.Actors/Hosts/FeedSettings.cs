using Damon.Model;

namespace Damon.Actors.Hosts;

/// <summary>What a goal of user_input can be fed with: what a tenant feels, over the last whole window of the cost meter.</summary>
public enum FedMetric
{
    /// <summary>1 / slowdown, bp: 10,000 when all its memory is in the fastest tier and nothing loads it.</summary>
    Speed,

    /// <summary>slowdown - 1, bp.</summary>
    ExcessSlowdown,

    /// <summary>The mean latency of its accesses, ns.</summary>
    Latency,
}

/// <summary>A value that a goal gets again and again, as a daemon in user space would write it.</summary>
/// <param name="EveryUs">From one value to the next, us; the first comes after as long.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Scheme">Index of its scheme.</param>
/// <param name="Goal">Index of the scheme's goal.</param>
/// <param name="Metric">What is fed.</param>
/// <param name="Memcg">The tenant that feels it.</param>
public sealed record FeedSettings(ulong EveryUs, int Kdamond, int Scheme, int Goal, FedMetric Metric, MemcgId Memcg);
