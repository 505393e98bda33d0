using System.Globalization;
using Damon.Actors.Hosts;
using Damon.Node.Runs;
using Damon.Scenarios.Fleets;
using Damon.Scenarios.Results.Columns;
using Damon.Store;
using Damon.Store.Shards;

namespace Damon.Node.Shards;

/// <summary>A shard that was computed again has come to another digest than was logged.</summary>
/// <param name="shard">The shard, at the end of the first window that differs.</param>
/// <param name="logged">The digest of that window in the log.</param>
/// <param name="whatElse">What is known without the log.</param>
internal sealed class PartedException(HeldShard shard, Digest logged, string whatElse) : Exception
{
    public HeldShard Shard => shard;

    public Digest Logged => logged;

    public string WhatElse => whatElse;
}

/// <summary>Finds the first event in which a replay parts from what the run did at first: a reading, or a packet that was sent.</summary>
/// <param name="store">Where the log is.</param>
/// <param name="context">The run.</param>
/// <param name="from">The window after which the replay began.</param>
internal sealed class Parting(IRunStore store, RunContext context, Window from)
{
    private readonly Fleet _fleet = context.Fleet;

    /// <summary>What a user is told: shard, window, host and event.</summary>
    public async Task<ShardException> ExplainAsync(PartedException parted, CancellationToken ct)
    {
        HeldShard shard = parted.Shard;
        string? first = await ReadingAsync(shard, ct).ConfigureAwait(false) ?? await PacketAsync(shard, ct).ConfigureAwait(false);
        string where = first is null ? "" : $"; the first difference: {first}";
        return new ShardException(
            shard.Id, shard.Done, $"computed again from window {from} it comes to digest {shard.Digest.Value}, logged is {parted.Logged}{where}; {parted.WhatElse}");
    }

    /// <summary>The first reading that differs, by time and then by host; null: there is none, or none was stored.</summary>
    private async Task<string?> ReadingAsync(HeldShard shard, CancellationToken ct)
    {
        if (shard.Done > shard.Lease.ResultsWindow) return null;
        Dictionary<(ulong AtUs, int Host), HostSample> logged = [];
        await foreach (ShardResult result in store.ReadResultsAsync(context.Run.Id, new ResultSelection(ReadingChunk.Table, shard.Id.Index), ct).ConfigureAwait(false))
        {
            if (result.Chunk.First > from) Add(logged, Readings(shard, result.Chunk));
        }

        Dictionary<(ulong AtUs, int Host), HostSample> computed = [];
        Add(computed, shard.TakeReadings());
        ulong end = _fleet.EndUs(Windows.OfFleet(shard.Done));
        foreach ((ulong at, int host) in logged.Keys.Union(computed.Keys).Where(key => key.AtUs <= end).Order())
        {
            string when = string.Create(CultureInfo.InvariantCulture, $"{_fleet.Names[host]} at {at / 1e6} s");
            if (!computed.TryGetValue((at, host), out HostSample? found)) return $"{when} has no reading, but had one";
            if (!logged.TryGetValue((at, host), out HostSample? wanted)) return $"{when} has a reading, but had none";
            if (ReadingDifference.Find(found, wanted) is { } difference) return $"{when}: {difference}";
        }

        return null;
    }

    private static IReadOnlyList<HostReadings> Readings(HeldShard shard, ResultChunk chunk)
    {
        try
        {
            return ReadingChunk.Read(chunk.Bytes.Span);
        }
        catch (ChunkException broken)
        {
            throw new ShardException(shard.Id, chunk.First, broken.Message);
        }
    }

    private static void Add(Dictionary<(ulong AtUs, int Host), HostSample> samples, IEnumerable<HostReadings> readings)
    {
        foreach (HostReadings host in readings)
        {
            foreach (HostSample sample in host.Samples) samples[(sample.AtUs, host.Host)] = sample;
        }
    }

    /// <summary>The first packet that differs, by sender and then in the order of sending; null: there is none.</summary>
    private async Task<string?> PacketAsync(HeldShard shard, CancellationToken ct)
    {
        IReadOnlyList<Mail> stored = await store.ReadMailAsync(
            context.Run.Id, shard.Done, shard.Done, [.. Enumerable.Range(0, context.Map.Count)], ct).ConfigureAwait(false);
        Dictionary<(int From, ulong Sequence), FleetMail> logged = stored.Where(packet => packet.Source == shard.Id.Index)
            .SelectMany(packet => MailCodec.Decode(packet.Bytes.Span)).ToDictionary(mail => (mail.From, mail.Sequence));
        Dictionary<(int From, ulong Sequence), FleetMail> computed = (shard.Sent ?? []).ToDictionary(mail => (mail.From, mail.Sequence));
        foreach ((int sender, ulong sequence) in logged.Keys.Union(computed.Keys).Order())
        {
            computed.TryGetValue((sender, sequence), out FleetMail? found);
            logged.TryGetValue((sender, sequence), out FleetMail? wanted);
            if (!Encode(found).SequenceEqual(Encode(wanted))) return $"{_fleet.Names[sender]} sends {Text(found)}, and sent {Text(wanted)}";
        }

        return null;
    }

    private static byte[] Encode(FleetMail? mail) => MailCodec.Encode(mail is null ? [] : [mail]);

    private string Text(FleetMail? mail) => mail is null ? "nothing more" : $"{mail.Message} to {_fleet.Names[mail.To]}";
}
