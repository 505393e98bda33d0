using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.Schemes;

namespace Damon.Model.Tests.Kdamonds;

public sealed class KdamondValidationTests
{
    private static readonly KdamondSettings Fine = LoopBench.Settings(LoopBench.Stat);

    public static TheoryData<string, KdamondSettings> Refused() => new()
    {
        { "power of two", Fine with { MinRegionSize = 4095 } },
        { "address unit", Fine with { AddrUnit = 0 } },
        { "at most 4", Fine with { Probes = [.. Enumerable.Repeat(new Probe(0, []), 5)] } },
        { "regions", Fine with { Attributes = Fine.Attributes with { MinNrRegions = 2 } } },
        { "", Fine with { Targets = [new TargetSettings([new AddressRange(8192, 12288), new AddressRange(0, 4096)])] } },
        { "aims at 0", Fine with { Schemes = [Aiming(GoalMetric.UserInput, 0)] } },
        {
            "only the physical address space",
            Fine with { Operations = OperationsKind.Vaddr, Schemes = [Aiming(GoalMetric.NodeEligibleMemBp, 1)] }
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_the_kernel_refuses_is_refused_with_a_reason(string reason, KdamondSettings settings)
    {
        string? error = KdamondValidation.Validate(settings);

        Assert.NotNull(error);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MonitoringContext(settings, seed: 1));
    }

    [Fact]
    public void What_the_kernel_takes_is_taken()
    {
        Assert.Null(KdamondValidation.Validate(Fine));
        Assert.Null(KdamondValidation.Validate(Fine with { Schemes = [Aiming(GoalMetric.NodeEligibleMemBp, 1)] }));
        Assert.Null(KdamondValidation.Validate(Fine with { Targets = [new TargetSettings([])] }));
    }

    private static SchemeSettings Aiming(GoalMetric metric, ulong target) =>
        LoopBench.Stat with { Quota = new QuotaSettings { Goals = [new QuotaGoal(metric, target)] } };
}
