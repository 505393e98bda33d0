using Damon.Actors.Hosts;
using Damon.Actors.Tests.Costs;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Actors.Tests.Snapshots;

/// <summary>Whenever a host is saved, the one that is loaded goes on to the same bits as one that was never saved.</summary>
public sealed class SnapshotProperties
{
    private const int Hosts = 20;

    [Fact]
    public void A_loaded_host_goes_on_as_if_nothing_had_happened() =>
        Prop.ForAll<int, uint>((seed, cut) =>
        {
            ulong cutUs = (cut * 2_654_435_761UL) % RandomHost.EndUs;
            SimulatedHost undisturbed = new(RandomHost.Settings(seed));
            SimulatedHost saved = new(RandomHost.Settings(seed));
            undisturbed.KeepSnapshots();
            saved.KeepSnapshots();
            saved.RunUntil(cutUs);
            SimulatedHost loaded = Snapshot.Load(Snapshot.Of(saved), RandomHost.Settings(seed));
            Assert.Equal(saved.NowUs, loaded.NowUs);
            byte[] again = Snapshot.Of(loaded);
            Assert.Equal(again, Snapshot.Of(Snapshot.Load(again, RandomHost.Settings(seed))));
            for (ulong at = cutUs; at <= RandomHost.EndUs; at += 190_000)
            {
                undisturbed.RunUntil(at);
                saved.RunUntil(at);
                loaded.RunUntil(at);
                string expected = Snapshot.Reading(undisturbed);
                Assert.Equal(expected, Snapshot.Reading(saved));
                Assert.Equal(expected, Snapshot.Reading(loaded));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Hosts));

    [Fact]
    public void A_host_can_be_saved_and_loaded_at_every_stop() =>
        Prop.ForAll<int>(seed =>
        {
            HostSettings settings = RandomHost.Settings(seed);
            SimulatedHost undisturbed = new(settings);
            undisturbed.RunUntil(RandomHost.EndUs);
            SimulatedHost host = new(settings);
            for (ulong at = 0; at <= RandomHost.EndUs; at += 62_500)
            {
                host.RunUntil(at);
                host = Snapshot.Load(Snapshot.Of(host), settings);
            }

            Assert.Equal(Snapshot.Reading(undisturbed), Snapshot.Reading(host));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Hosts / 4));
}
