using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Memory;

/// <summary>Any sequence of operations on two nodes has the same outcome as on naive ones that play every touch.</summary>
public class NodeMemoryProperties
{
    [Fact]
    public void EveryOperationAnswersAsTheNaiveNodesDo() =>
        Prop.ForAll<int, int[]>((rules, steps) =>
        {
            var world = new TwoNodes(new Draws(rules));
            foreach (int step in steps) world.Step(new Draws(step));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
