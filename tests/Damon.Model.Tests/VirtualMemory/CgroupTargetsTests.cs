using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Model.Tests.VirtualMemory;

public sealed class CgroupTargetsTests
{
    [Fact]
    public void Named_targets_come_first_then_each_cgroup_by_process_id()
    {
        List<Target> targets = [new() { Process = "named" }];

        CgroupTargets.Follow(targets, [new("/a", ["x", "y"]), new("/b", ["z"])]);

        Assert.Equal([("named", null), ("x", "/a"), ("y", "/a"), ("z", "/b")], Names(targets));
    }

    [Fact]
    public void A_process_that_stays_keeps_its_regions_also_in_another_cgroup_and_one_that_left_is_gone()
    {
        List<Target> targets = [];
        CgroupTargets.Follow(targets, [new("/a", ["x", "y"]), new("/b", ["z"])]);
        targets[1].Regions.Add(new Region(0, 10) { Age = 7 });

        CgroupTargets.Follow(targets, [new("/a", ["w"]), new("/b", ["y", "z"])]);

        Assert.Equal([("w", "/a"), ("y", "/b"), ("z", "/b")], Names(targets));
        Assert.Equal([new Region(0, 10) { Age = 7 }], targets[1].Regions.Span.ToArray());
        Assert.Equal(0, targets[0].Regions.Count);
    }

    [Fact]
    public void No_process_is_a_target_twice()
    {
        List<Target> targets = [new() { Process = "x" }];

        CgroupTargets.Follow(targets, [new("/a", ["x", "y"]), new("/a/b", ["y", "z"])]);

        Assert.Equal([("x", null), ("y", "/a"), ("z", "/a/b")], Names(targets));
    }

    private static IEnumerable<(string?, string?)> Names(List<Target> targets) =>
        targets.Select(target => (target.Process, target.Cgroup));
}
