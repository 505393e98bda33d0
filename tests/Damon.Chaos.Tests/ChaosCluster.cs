using System.Globalization;
using Damon.Chaos.Tests.Faults;
using Damon.Store;
using Damon.Store.Faults;
using Damon.Store.Postgres;

namespace Damon.Chaos.Tests;

/// <summary>A cluster of worker processes, and all that can be done to it.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    /// <summary>The workers' lease.</summary>
    public static readonly TimeSpan Ttl = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly DatabaseServer _server;
    private readonly Random _random;
    private readonly int _size;
    private readonly List<ChaosWorker> _workers = [];
    private readonly IRunStore _looker;
    private int _names;

    private ChaosCluster(DatabaseServer server, Random random, int size, IRunStore looker) =>
        (_server, _random, _size, _looker) = (server, random, size, looker);

    /// <summary>The connection string that clients of the cluster use.</summary>
    public string Store => _server.Proxied;

    /// <summary>Starts a cluster.</summary>
    public static async Task<ChaosCluster> StartAsync(int workers, Random random)
    {
        DatabaseServer server = await DatabaseServer.StartAsync();
        IRunStore looker = await PostgresStore.OpenAsync(server.Direct);
        ChaosCluster cluster = new(server, random, workers, looker);
        cluster.Refill();
        return cluster;
    }

    /// <summary>Starts workers until there are as many as there should be.</summary>
    public void Refill()
    {
        foreach (ChaosWorker dead in _workers.Where(worker => worker.HasEnded).ToArray()) Remove(dead);
        while (_workers.Count < _size) Add(NextName());
    }

    /// <summary>Does something to the cluster, and waits until it has come to pass.</summary>
    /// <returns>Whether it has.</returns>
    public async Task<bool> StrikeAsync(FaultKind kind) => kind switch
    {
        FaultKind.KillAtPoint => KillAtPoint(),
        FaultKind.KillWorker => Kill(Any()),
        FaultKind.FreezeWorker => await FreezeAsync(Any()),
        FaultKind.DrainWorker => Drain(Any()),
        FaultKind.RestartServer => Restart(asCrash: false),
        FaultKind.CrashServer => Restart(asCrash: true),
        FaultKind.CutConnections => _server.Proxy.Cut() > 0,
        FaultKind.CloseNetwork => await CloseNetworkAsync(),
        FaultKind.SlowDisk => await SlowDiskAsync(),
        FaultKind.FullDisk => await FullDiskAsync(),
        FaultKind.ClockOff => await JoinAsync(NextName(), true, Clock(_random.Next(2) == 0 ? "-1h" : "+1h")),
        FaultKind.OtherCode => await JoinAsync(NextName(), false, ("DAMON_CODE_VERSION", "other")),
        FaultKind.TwinName => await JoinAsync(Any().Name, true),
        FaultKind.MoreWorkers => await JoinAsync(NextName(), true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (ChaosWorker worker in _workers) worker.Dispose();
        await _looker.DisposeAsync();
        await _server.DisposeAsync();
    }

    private string NextName() => string.Create(CultureInfo.InvariantCulture, $"w{++_names}");

    private ChaosWorker Any()
    {
        Refill();
        return _workers[_random.Next(_workers.Count)];
    }

    private ChaosWorker Add(string name, params (string, string)[] environment)
    {
        ChaosWorker worker = new(name, Store, Ttl, environment);
        _workers.Add(worker);
        return worker;
    }

    private void Remove(ChaosWorker worker)
    {
        _workers.Remove(worker);
        worker.Dispose();
    }

    /// <summary>Replaces a worker by one that kills itself at a step of a transaction.</summary>
    private bool KillAtPoint()
    {
        Kill(Any());
        FaultPoint[] points = [.. Enum.GetValues<FaultPoint>().Where(point => !point.ToString().StartsWith("Send", StringComparison.Ordinal))];
        FaultPoint at = points[_random.Next(points.Length)];
        ChaosWorker worker = Add(NextName(), ("DAMON_FAULT", string.Create(CultureInfo.InvariantCulture, $"{at}:{_random.Next(1, 4)}")));
        // Some points are only reached when it is told to leave.
        if (!worker.WaitForEnd(TimeSpan.FromSeconds(8))) worker.Signal("TERM");
        worker.WaitForEnd(s_patience);
        bool died = worker.WasKilled;
        Remove(worker);
        return died;
    }

    private bool Kill(ChaosWorker worker)
    {
        worker.Signal("KILL");
        bool died = worker.WaitForEnd(s_patience) && worker.WasKilled;
        Remove(worker);
        return died;
    }

    private async Task<bool> FreezeAsync(ChaosWorker worker)
    {
        worker.Signal("STOP");
        await Task.Delay(Ttl + TimeSpan.FromSeconds(2));
        bool isDead = (await _looker.ListNodesAsync()).Any(node => node.Info.EndsWith($"/{worker.Id}", StringComparison.Ordinal) && !node.IsLive);
        worker.Signal("CONT");
        return isDead;
    }

    private bool Drain(ChaosWorker worker)
    {
        worker.Signal("TERM");
        bool ended = worker.WaitForEnd(s_patience) && !worker.WasKilled;
        Remove(worker);
        return ended;
    }

    private bool Restart(bool asCrash)
    {
        _server.Stop(asCrash);
        _server.Start();
        return true;
    }

    private async Task<bool> CloseNetworkAsync()
    {
        _server.Proxy.Close(true);
        await Task.Delay(_random.Next(200, 2 * (int)Ttl.TotalMilliseconds));
        _server.Proxy.Close(false);
        return true;
    }

    private async Task<bool> SlowDiskAsync()
    {
        _server.Disk("slow", true);
        await Task.Delay(_random.Next(1_000, 3_000));
        _server.Disk("slow", false);
        return true;
    }

    private async Task<bool> FullDiskAsync()
    {
        int before = _server.CountFullDisk();
        _server.Disk("full", true);
        for (int i = 0; i < 40 && _server.CountFullDisk() == before; i++) await Task.Delay(200);
        await Task.Delay(_random.Next(100, 1_000));
        _server.Disk("full", false);
        // A server that could not write its log has stopped.
        _server.Start();
        return _server.CountFullDisk() > before;
    }

    /// <summary>A worker joins beside the others, and another one goes.</summary>
    private async Task<bool> JoinAsync(string name, bool shallWork, params (string, string)[] environment)
    {
        ChaosWorker worker = Add(name, environment);
        bool joined = false;
        for (int i = 0; i < 50; i++)
        {
            await Task.Delay(200);
            Damon.Store.Nodes.Node? node = (await LookAsync())?.FirstOrDefault(node => node.Info.EndsWith($"/{worker.Id}", StringComparison.Ordinal));
            if (node is null) continue;
            joined = shallWork ? node.Held > 0 : node.Held == 0;
            if (shallWork ? joined : i > 10 || !joined) break;
        }

        ChaosWorker leaving = shallWork ? Any() : worker;
        return Drain(leaving) && joined;
    }

    private async Task<IReadOnlyList<Damon.Store.Nodes.Node>?> LookAsync()
    {
        try
        {
            return await _looker.ListNodesAsync();
        }
        catch (StoreException)
        {
            return null;
        }
    }

    /// <summary>The environment of a process whose date is off, while its monotonic clock is as it should be.</summary>
    private static (string, string)[] Clock(string offset) =>
    [
        ("LD_PRELOAD", ClockLibrary()),
        ("FAKETIME", offset),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
    ];

    /// <summary>The library of the package faketime, which the scripts install: below /usr/lib, or below one of its folders.</summary>
    private static string ClockLibrary() =>
        Directory.GetDirectories("/usr/lib").Prepend("/usr/lib").Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("found no libfaketimeMT.so.1 below /usr/lib, allowed: a machine with the package faketime");
}
