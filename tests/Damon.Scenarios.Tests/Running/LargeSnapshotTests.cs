using Damon.Actors.Hosts;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Tests.Running;

/// <summary>Snapshots of the host of the published tests, with 14 million frames.</summary>
public sealed class LargeSnapshotTests
{
    private const ulong CutUs = 450_000_003;
    private const ulong EndUs = 480_000_000;
    private const long MiB = 1 << 20;

    [Fact]
    [Trait("Category", "Slow")]
    public void A_host_of_54_GiB_takes_a_few_MiB_and_goes_on_to_the_same_bits()
    {
        HostSettings settings = ScenarioReader.Load(Path.Combine(ScenarioFileTests.Folder, "memcg-tiering.conf")).Hosts[0].Settings;
        SimulatedHost host = new(settings);
        host.RunUntil(CutUs);
        using MemoryStream stream = new();
        host.Save(stream);
        Assert.True(stream.Length < 8 * MiB, $"{stream.Length} bytes");

        stream.Position = 0;
        SimulatedHost loaded = SimulatedHost.Load(stream, settings);
        host.RunUntil(EndUs);
        loaded.RunUntil(EndUs);

        Assert.Equal(host.StateHash, loaded.StateHash);
    }

    [Theory]
    [MemberData(nameof(ScenarioFileTests.Files), MemberType = typeof(ScenarioFileTests))]
    [Trait("Category", "Slow")]
    public void Hosts_of_every_scenario_can_be_cut_by_a_snapshot(string file)
    {
        HostSettings settings = ScenarioReader.Load(Path.Combine(ScenarioFileTests.Folder, file)).Hosts[0].Settings;
        SimulatedHost host = new(settings);
        host.RunUntil(1_234_567);
        using MemoryStream stream = new();
        host.Save(stream);
        stream.Position = 0;
        SimulatedHost loaded = SimulatedHost.Load(stream, settings);
        host.RunUntil(3_000_000);
        loaded.RunUntil(3_000_000);

        Assert.Equal(host.StateHash, loaded.StateHash);
    }
}
