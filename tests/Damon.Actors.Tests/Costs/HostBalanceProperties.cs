using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Actors.TestKit;
using Damon.Model.Costs;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Actors.Tests.Costs;

/// <summary>On any host, the books of tenants, nodes, swap and PSI agree with each other to the byte and the nanosecond.</summary>
public class HostBalanceProperties
{
    private const int Hosts = 60;

    [Fact]
    public void BooksAgree() =>
        Prop.ForAll<int>(seed =>
        {
            HostSettings settings = RandomHost.Settings(seed);
            SimulatedHost host = new(settings);
            for (ulong at = 250_000; at <= RandomHost.EndUs; at += 250_000)
            {
                host.RunUntil(at);
                Check(host.Sample());
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Hosts));

    [Fact]
    public void SameSettingsSameBits() =>
        Prop.ForAll<int>(seed =>
        {
            HostSettings settings = RandomHost.Settings(seed);
            Assert.Null(DeterminismAudit.FirstDifference(
                () => new SimulatedHost(settings).World, VirtualTime.FromMicroseconds((long)RandomHost.EndUs)));
            Assert.Equal(Run(settings).StateHash, Run(settings).StateHash);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Hosts / 4));

    [Fact]
    public void ManyOfTheseHostsReclaimRefaultMigrateAndFail()
    {
        MemoryTraffic all = new();
        for (int seed = 0; seed < Hosts; seed++)
        {
            foreach (TenantSample tenant in Run(RandomHost.Settings(seed)).Sample().Costs!.Tenants) all += tenant.Traffic;
        }

        bool any = all is { SwapInBytes: > 0, MigratedBytes: > 0, SwapForgottenBytes: > 0, FailedFaults: > 0, FreedBytes: > 0 };
        Assert.True(any, all.ToString());
        Assert.True(all.RefaultedBytes > all.SwapInBytes);
    }

    private static SimulatedHost Run(HostSettings settings)
    {
        SimulatedHost host = new(settings);
        host.RunUntil(RandomHost.EndUs);
        return host;
    }

    private static void Check(HostSample sample)
    {
        MemoryTraffic all = new();
        for (int memcg = 0; memcg < sample.Memcgs.Length; memcg++)
        {
            MemoryTraffic traffic = sample.Costs!.Tenants[memcg].Traffic;
            ulong resident = sample.Memcgs[memcg].ResidentBytesByNode[0] + sample.Memcgs[memcg].ResidentBytesByNode[1];
            Assert.Equal(traffic.MappedBytes + traffic.RefaultedBytes, traffic.ReclaimedBytes + traffic.FreedBytes + resident);
            Assert.True(traffic.RefaultedBytes + traffic.ForgottenBytes <= traffic.ReclaimedBytes);
            Assert.True(sample.Costs.Tenants[memcg].Slowdown >= 1);
            all += traffic;
        }

        Assert.Equal(all.SwapOutBytes, all.SwapInBytes + all.SwapForgottenBytes + sample.SwapUsedBytes);
        Assert.Equal(all.StallNs / 1000, sample.PsiTotalUs);
        Assert.Equal(all.ReclaimedBytes, sample.Nodes[0].ReclaimedBytes + sample.Nodes[1].ReclaimedBytes);
        Assert.Equal(sample.Nodes[0].MigratedInBytes, sample.Nodes[1].MigratedOutBytes);
        Assert.Equal(sample.Nodes[1].MigratedInBytes, sample.Nodes[0].MigratedOutBytes);
        Assert.Equal(all.MigratedBytes, sample.Nodes[0].MigratedInBytes + sample.Nodes[1].MigratedInBytes);
    }
}
