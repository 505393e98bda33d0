using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Tests.Verification;
using Damon.Actors.Verification.Golden;

namespace Damon.Actors.Tests.Snapshots;

/// <summary>Recorded cases of every kind, cut in two by a snapshot.</summary>
public sealed class RecordedRunSnapshotTests
{
    public static TheoryData<string> Cases() =>
    [
        .. new[] { "core", "system" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Goldens.Root, folder), "*.json"))
            .Select(path => Path.GetRelativePath(Goldens.Root, path))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_recorded_run_ends_the_same_when_it_was_cut_by_a_snapshot(string file)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Goldens.Root, file)));
        if (golden.RootElement.GetProperty("result").GetProperty("err").GetInt64() != 0) return;
        JsonElement @case = golden.RootElement.GetProperty("case");
        HostSettings settings = GoldenHost.Read(@case);
        ulong endUs = Math.Min(@case.GetProperty("duration_us").GetUInt64(), 20_000_000);
        ulong cutUs = endUs * (1 + ((ulong)file.Length % 7)) / 9;
        SimulatedHost undisturbed = new(settings);
        undisturbed.RunUntil(cutUs);
        SimulatedHost loaded = Snapshot.Load(Snapshot.Of(undisturbed), GoldenHost.Read(@case));

        undisturbed.RunUntil(endUs);
        loaded.RunUntil(endUs);

        Assert.Equal(Snapshot.Reading(undisturbed), Snapshot.Reading(loaded));
        Assert.Equal(undisturbed.World.Delivered, loaded.World.Delivered);
    }
}
