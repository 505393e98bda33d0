using System.Text.Json;
using Damon.Actors.Hosts;

namespace Damon.Actors.Tests.Snapshots;

/// <summary>What tests of snapshots do again and again.</summary>
internal static class Snapshot
{
    private static readonly JsonSerializerOptions _withFields = new() { IncludeFields = true };

    public static byte[] Of(SimulatedHost host)
    {
        using MemoryStream stream = new();
        host.Save(stream);
        return stream.ToArray();
    }

    public static SimulatedHost Load(byte[] snapshot, HostSettings settings)
    {
        using MemoryStream stream = new(snapshot);
        SimulatedHost host = SimulatedHost.Load(stream, settings);
        Assert.Equal(stream.Length, stream.Position);
        return host;
    }

    /// <summary>Everything that can be read of a host, and the hash of its state.</summary>
    public static string Reading(SimulatedHost host) => $"{host.StateHash:x16} {JsonSerializer.Serialize(host.Sample(), _withFields)}";
}
