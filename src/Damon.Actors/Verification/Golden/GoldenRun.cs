using System.Globalization;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Kdamonds;
using Damon.Actors.Runtime;
using Damon.Actors.Verification.Functions;

namespace Damon.Actors.Verification.Golden;

/// <summary>
/// Runs a recorded case, {"case": ..., "result": ...}, as a host of actors and holds it against what the kernel's own code
/// did, record by record.
/// </summary>
public static class GoldenRun
{
    private const long Refused = -22;

    /// <summary>Whether the model did what the kernel did; a case that cannot be run counts as failed.</summary>
    /// <param name="path">The file.</param>
    public static VectorResult Verify(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument golden = JsonDocument.Parse(stream);
            return new VectorResult(path, Name(golden.RootElement), 0, Run(golden.RootElement));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException
            or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException
            or NotSupportedException or WorldFailedException or IndexOutOfRangeException or OverflowException)
        {
            return new VectorResult(path, "", -1, new Difference("the case", "a run", failure.Message));
        }
    }

    private static string Name(JsonElement golden) => golden.GetProperty("case").GetProperty("name").GetString()!;

    private static Difference? Run(JsonElement golden)
    {
        HostSettings settings = GoldenHost.Read(golden.GetProperty("case"));
        JsonElement result = golden.GetProperty("result");
        if (result.GetProperty("err").GetInt64() != 0) return ExpectRefused(settings, result);

        SimulatedHost host = new(settings);
        GoldenRecorder recorder = new(host, settings, golden);
        ActorRef observer = host.World.Spawn(Props.Create(() => recorder), "recorder");
        foreach (ActorRef kdamond in host.Map.Kdamonds) kdamond.Ask<Observe, Done>(new Observe(observer));
        while (recorder.Running > 0 && recorder.Difference is null && host.World.Step())
        {
        }

        recorder.HoldFinal(result);
        return recorder.Difference ?? HoldUpdates(host, settings, result.GetProperty("updates"));
    }

    private static Difference? ExpectRefused(HostSettings settings, JsonElement result)
    {
        try
        {
            _ = new SimulatedHost(settings);
            return new Difference("err", result.GetProperty("err").GetRawText(), "0");
        }
        catch (Exception refusal) when (refusal is ArgumentException or WorldFailedException)
        {
            return null;
        }
    }

    /// <summary>Each update was carried out at the recorded time, or refused as it was then.</summary>
    private static Difference? HoldUpdates(SimulatedHost host, HostSettings settings, JsonElement updates)
    {
        Dictionary<KdamondEvent, ControlOutcome> outcomes = new(ReferenceEqualityComparer.Instance);
        foreach (ActorRef kdamond in host.Map.Kdamonds)
        {
            foreach (ControlOutcome outcome in kdamond.Ask<ReadControlOutcomes, IReadOnlyList<ControlOutcome>>(default))
                outcomes.Add(outcome.Event, outcome);
        }

        int index = 0;
        foreach (KdamondEvent update in settings.Events.OfType<KdamondEvent>())
        {
            JsonElement expected = updates[index];
            string found = outcomes.TryGetValue(update, out ControlOutcome? outcome)
                ? Tuple(1, outcome.Error is null ? 0 : Refused, outcome.AtUs)
                : Tuple(0, 0, 0);
            string wanted = Tuple(expected[0].GetInt64(), expected[1].GetInt64(), expected[2].GetUInt64());
            if (wanted != found) return new Difference($"updates[{index}] (done, return code, us)", wanted, found);
            index++;
        }

        return null;
    }

    private static string Tuple(long done, long code, ulong atUs) =>
        string.Create(CultureInfo.InvariantCulture, $"[{done}, {code}, {atUs}]");
}
