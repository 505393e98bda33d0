using System.Collections.Immutable;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.VirtualMemory;

/// <summary>Targets that a commit removes or moves, and what schemes hear and remember of it.</summary>
public sealed class RenumberedTargetsTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, null)]
    [InlineData(2, 0)]
    public void Where_a_window_ended_goes_with_its_target(int target, int? place)
    {
        ChargeWindow window = new() { Mark = new ChargeMark(target, 4096) };

        window.RenumberTargets([1, -1, 0]);

        Assert.Equal(place is { } index ? new ChargeMark(index, 4096) : null, window.Mark);
    }

    [Fact]
    public void Schemes_are_told_of_removed_targets_and_only_of_them()
    {
        Ports ports = new();
        KdamondSettings settings = Settings(Target("a"), Target("b"), Target("c"));
        MonitoringContext context = new(settings, seed: 1);
        KdamondLoop loop = new(context, new AlwaysValid(), ports, settings.Schemes);

        Assert.Null(loop.Commit(settings));
        Assert.Empty(ports.Agent.Renumbered);
        Assert.Null(loop.Commit(Settings(Target("a"), Target("b") with { Obsolete = true }, Target("c"))));

        Assert.Equal([0, -1, 1], Assert.Single(ports.Agent.Renumbered));
        Assert.Equal(["a", "c"], context.Targets.Select(target => target.Process));
    }

    private static TargetSettings Target(string process) => new([new AddressRange(4096, 8192)], process);

    private static KdamondSettings Settings(params TargetSettings[] targets) => new()
    {
        Operations = OperationsKind.Vaddr,
        Attributes = new MonitoringAttributes(),
        Targets = [.. targets],
        Schemes = [new SchemeSettings { Action = SchemeAction.Stat }],
    };

    private sealed class AlwaysValid : IOperations
    {
        public bool IsVirtual => true;

        public void Init(MonitoringContext context)
        {
        }

        public void PrepareAccessChecks(MonitoringContext context)
        {
        }

        public uint CheckAccesses(MonitoringContext context) => 0;

        public void ApplyProbes(MonitoringContext context, bool drawSamples)
        {
        }

        public void Update(MonitoringContext context)
        {
        }

        public bool IsTargetValid(Target target) => true;
    }

    private sealed class Ports : IKdamondPorts
    {
        public Agent Agent { get; } = new();

        public ulong Jiffies => 0;

        public ulong NowUs => 0;

        public bool ShouldStop => false;

        public uint Rotation { get; set; }

        public uint LastNrRegions { get; set; }

        public void RunControlRequests()
        {
        }

        public ISchemeAgent AddScheme(int index, SchemeSettings settings) => Agent;

        public void Aggregated()
        {
        }

        public void IterationEnded(bool aggregated, bool applied)
        {
        }

        public void Ended(bool hasTargets)
        {
        }
    }

    private sealed class Agent : ISchemeAgent
    {
        public List<int[]> Renumbered { get; } = [];

        public WatermarkLook LookAtWatermarks() => default;

        public PassBegun BeginPass(in SchemePass pass) => default;

        public RegionVerdict Consider(in RegionOffer offer) => default;

        public void ForgetTarget(int targetIndex)
        {
        }

        public void RenumberTargets(ReadOnlyMemory<int> places) => Renumbered.Add(places.ToArray());

        public void EndPass()
        {
        }

        public void Commit(SchemeSettings settings)
        {
        }

        public void Remove()
        {
        }
    }
}
