namespace Damon.Scenarios.Tests.Explaining.Traps;

public class QuotaTrapTests
{
    private static readonly Tenant _cold = new("/a", 0, 60);

    [Fact]
    public void A_quota_below_a_page_does_nothing()
    {
        const string Line = "--numa_node 0 --damos_action pageout --damos_quota_interval 1s --damos_quota_space ";
        Explained.Corrects("quota below a folio", Line + "2000", Line + "4096");
        Assert.Equal(0UL, new SmallHost(Line + "2000", 5, _cold).Reclaimed(0));
        Assert.InRange(new SmallHost(Line + "4096", 5, _cold).Reclaimed(0), 4096UL, 6 * 4096UL);
    }

    [Fact]
    public void A_quota_below_a_huge_folio_is_exceeded()
    {
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 --damos_quota_interval 1s --damos_quota_space ";
        Explained.Corrects("quota below a folio", Line + "4096", Line + "2097152", Explained.SmallMachine with { FolioBytes = 2 << 20 });

        Tenant huge = new("/a", 1, 60, 1000, Huge: true);
        const ulong Windows = 11;
        Assert.InRange(new SmallHost(Line + "4096", 10, huge).Applied(0), 100 * Windows * 4096, ulong.MaxValue);
        Assert.InRange(new SmallHost(Line + "2097152", 10, huge).Applied(0), 4UL << 20, Windows << 21);
    }

    [Fact]
    public void A_goal_with_long_windows_starts_late()
    {
        const string Line = "--numa_node 0 --damos_action pageout --damos_quota_goal node_mem_free_bp 90% 0 --damos_quota_interval ";
        var finding = Explained.Corrects("slow start of a goal", Line + "10s", Line + "1s");
        Assert.Contains("2 min after the start", finding.Problem);
        Assert.Equal(0UL, new SmallHost(Line + "10s", 60, _cold).Reclaimed(0));
        Assert.InRange(new SmallHost(Line + "1s", 60, _cold).Reclaimed(0), 1UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void Memory_that_is_there_already_uses_up_the_quota()
    {
        const string Line = "paddr --damos_action migrate_hot 0 --damos_quota_interval 1s --damos_quota_space 1M";
        const string Corrected = Line + " --damos_filter reject addr 67108864 134217728";
        Explained.Corrects("migration in place", Line, Corrected);

        Tenant[] tenants = [new("/a", 0, 32, 1000), new("/b", 1, 32, 20_000)];
        Assert.Equal(0UL, new SmallHost(Line, 10, tenants).Applied(0));
        Assert.InRange(new SmallHost(Corrected, 10, tenants).Applied(0), 1UL << 20, ulong.MaxValue);
    }

    [Fact]
    public void A_migration_to_the_watched_node_moves_nothing()
    {
        static string Line(int node) => $"--numa_node {node} --damos_action migrate_hot 0";
        var finding = Assert.Single(Explained.Line(Line(0)).Findings);
        Assert.Equal(("migration in place", "--damos_action migrate_hot 0"), (finding.Trap, finding.Found));
        Assert.Empty(Explained.Line(Line(1)).Findings);

        Tenant[] tenants = [new("/a", 0, 8, 1000), new("/a", 1, 8, 1000)];
        Assert.Equal(0UL, new SmallHost(Line(0), 2, tenants).Applied(0));
        Assert.Equal(8UL << 20, new SmallHost(Line(1), 2, tenants).Applied(0));
    }

    [Fact]
    public void Weighted_destinations_move_nothing_with_physical_addresses()
    {
        const string Line = "--numa_node 1 --damos_action migrate_hot 0 1 1 1";
        var explanation = Explained.Line(Line);
        Assert.Equal("migration in place", Assert.Single(explanation.Findings).Trap);
        Assert.Contains(explanation.Lost, lost => lost.Contains("weighted destinations are ignored", StringComparison.Ordinal));
        Assert.Equal(0UL, new SmallHost(Line, 2, new Tenant("/a", 1, 8, 1000)).Applied(0));
    }
}
