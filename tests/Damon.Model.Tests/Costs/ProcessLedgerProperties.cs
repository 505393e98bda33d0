using Damon.Model.Costs;
using Damon.Model.Tests.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Model.Tests.Costs;

/// <summary>Whatever happens to a process's pages in whatever order, its books are right.</summary>
public class ProcessLedgerProperties
{
    [Fact]
    public void ResidencyByRuleEqualsARecount() => Check(books =>
    {
        for (int node = 0; node < Books.NodeCount; node++)
        {
            Assert.Equal(books.Count(node, _ => true), books.Ledger.Residency.FramesOn(node));
            for (int rule = 0; rule < books.Rules.Length; rule++)
                Assert.Equal(
                    books.Count(node, page => Books.Has(books.Rules[rule], page)), books.Ledger.Residency.FramesOf(rule, node));
        }
    });

    [Fact]
    public void BytesThatCameAreBytesThatWentAndBytesThatAreThere() => Check(books =>
    {
        MemoryTraffic traffic = books.Ledger.Traffic;
        Assert.Equal(
            traffic.ReclaimedBytes + traffic.FreedBytes + books.ResidentBytes(), traffic.MappedBytes + traffic.RefaultedBytes);
        Assert.Equal(traffic.RefaultedBytes + traffic.ForgottenBytes + books.OutBytes(onlySwap: false), traffic.ReclaimedBytes);
        Assert.Equal(traffic.SwapInBytes + traffic.SwapForgottenBytes + books.OutBytes(onlySwap: true), traffic.SwapOutBytes);
    });

    [Fact]
    public void SwapGetsBackAllThatLeftIt() => Check(books =>
    {
        books.Settle();
        MemoryTraffic traffic = books.Ledger.Traffic;
        Assert.Equal(traffic.SwapInBytes + traffic.SwapForgottenBytes, books.SwapReturnedBytes);
    });

    [Fact]
    public void EveryMoveRefaultAndShootdownIsWaitedFor() => Check(books =>
    {
        books.Settle();
        Assert.Equal(books.StallNs, books.Ledger.Traffic.StallNs);
    });

    [Fact]
    public void AccessesAreTouchesTimesResidentPages() => Check(books =>
    {
        var found = new UInt128[Books.NodeCount];
        books.Ledger.AddAccesses(10, 500, found);
        for (int node = 0; node < Books.NodeCount; node++)
        {
            UInt128 expected = 0;
            foreach (Model.Workloads.AccessRule rule in books.Rules)
                expected += rule.MicroTouches(10, 500) * 16 * (ulong)books.Count(node, page => Books.Has(rule, page));
            Assert.Equal(expected, found[node]);
        }
    });

    private static void Check(Action<Books> holds) =>
        Prop.ForAll<int, int[]>((rules, steps) =>
        {
            var books = new Books(new Draws(rules));
            foreach (int step in steps) books.Step(new Draws(step));
            holds(books);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200));
}
