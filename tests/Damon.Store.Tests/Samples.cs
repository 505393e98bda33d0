using System.Text;
using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Tests;

/// <summary>Things to put into stores.</summary>
internal static class Samples
{
    public static RunSubmission Submission(bool coupled = true, int shards = 16, long final = 1000, string code = "v1") => new()
    {
        Name = "fleet",
        Scenario = Bytes("hosts { }"),
        Seed = ulong.MaxValue - 6,
        ConfigHash = "c0ffee",
        Code = code,
        Shards = shards,
        FinalWindow = new Window(final),
        WindowNanoseconds = 1_000_000_000,
        Coupled = coupled,
    };

    public static NodeJoin Worker(string name = "worker", string code = "v1", int capacity = 1024, TimeSpan? ttl = null) => new()
    {
        Incarnation = Incarnation.New(),
        Name = name,
        Code = code,
        Capacity = capacity,
        Ttl = ttl ?? TimeSpan.FromHours(1),
    };

    public static ShardCommit Commit(ShardLease lease, int windows = 1) => new()
    {
        Shard = lease.Shard,
        Epoch = lease.Epoch,
        From = lease.DoneWindow,
        ResultsFrom = lease.ResultsWindow,
        To = new Window(lease.DoneWindow.Number + windows),
        Digests = [.. Enumerable.Range(1, windows).Select(i => DigestOf(lease.Shard, new Window(lease.DoneWindow.Number + i)))],
    };

    /// <summary>A hold with all windows up to one done and their results stored.</summary>
    public static ShardLease At(ShardLease lease, long window) => lease with { DoneWindow = new Window(window), ResultsWindow = new Window(window) };

    public static WindowDigest DigestOf(ShardId shard, Window window) =>
        new(window, new Digest(unchecked(0xfedcba9876543210UL * (ulong)((shard.Index + 1) * 1000 + window.Number))));

    public static CommandRequest Feed(string text = "1", string? host = null) => new()
    {
        Hosts = host is null ? [] : [host],
        Kind = "feed",
        Payload = Bytes(text),
        Key = Guid.CreateVersion7(),
    };

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
