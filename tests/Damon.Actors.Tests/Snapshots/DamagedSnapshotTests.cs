using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Actors.Snapshots;
using Damon.Actors.Tests.Costs;

namespace Damon.Actors.Tests.Snapshots;

/// <summary>A snapshot that is not whole, or not of this host, is refused in one sentence.</summary>
public sealed class DamagedSnapshotTests
{
    private static readonly HostSettings _settings = RandomHost.Settings(7);
    private static readonly byte[] _whole = Make();

    [Fact]
    public void Every_flipped_byte_is_found()
    {
        byte[] damaged = [.. _whole];
        for (int i = 0; i < damaged.Length; i++)
        {
            damaged[i] ^= (byte)(1 + (i % 255));
            string refusal = Refusal(damaged, _settings);
            Assert.True(
                refusal.Contains("damaged", StringComparison.Ordinal) || i < 12,
                $"byte {i}: {refusal}");
            damaged[i] = _whole[i];
        }
    }

    [Fact]
    public void Every_cut_is_found()
    {
        for (int length = 0; length < _whole.Length; length++)
            Assert.Contains("cut off", Refusal(_whole[..length], _settings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_snapshot_of_another_build_is_refused_with_both_builds_names()
    {
        byte[] other = [.. _whole];
        other[12] ^= 1;
        SnapshotHeader.HashOf(other.AsSpan(0, 76)).CopyTo(other, 76);

        string refusal = Refusal(other, _settings);

        Assert.Contains(CodeVersion.Current, refusal, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(other.AsSpan(12, 16)), refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_format_is_refused_with_its_number()
    {
        byte[] newer = [.. _whole];
        newer[8] = 9;

        Assert.Equal("the snapshot has format 9; this build reads format 1", Refusal(newer, _settings));
    }

    [Fact]
    public void A_snapshot_is_refused_for_other_settings_and_the_host_is_named()
    {
        foreach (HostSettings other in new[] { _settings with { Seed = 5 }, _settings with { Events = [] }, RandomHost.Settings(8) })
            Assert.Contains("other settings than those of host 'random'", Refusal(_whole, other), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_say_the_same_need_not_be_the_same_objects() =>
        Assert.Equal(300_000UL, Snapshot.Load(_whole, RandomHost.Settings(7)).NowUs);

    [Fact]
    public void What_is_no_snapshot_is_refused() =>
        Assert.Equal("this is not the snapshot of a host", Refusal(new byte[500], _settings));

    [Fact]
    public void An_actor_from_elsewhere_is_refused_by_its_name()
    {
        SimulatedHost host = new(_settings);
        host.World.Spawn(Props.Create(() => new Stranger()), "stranger");

        string refusal = Assert.Throws<SnapshotException>(() => host.Save(Stream.Null)).Message;

        Assert.Contains(typeof(Stranger).FullName!, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_world_whose_actors_restart_or_that_has_stopped_is_refused()
    {
        SimulatedHost host = new(_settings);
        host.World.Spawn(Props.Create(() => new Stranger()).WithSupervision(Supervision.Restart), "stranger");
        Assert.Contains("/stranger may restart", Assert.Throws<SnapshotException>(() => host.Save(Stream.Null)).Message, StringComparison.Ordinal);

        host.World.Stop();
        Assert.Contains("has stopped", Assert.Throws<SnapshotException>(() => host.Save(Stream.Null)).Message, StringComparison.Ordinal);
    }

    private static string Refusal(byte[] snapshot, HostSettings settings) =>
        Assert.Throws<SnapshotException>(() => Snapshot.Load(snapshot, settings)).Message;

    private static byte[] Make()
    {
        SimulatedHost host = new(_settings);
        host.RunUntil(300_000);
        return Snapshot.Of(host);
    }

    private sealed class Stranger : Actor;
}
