using System.Collections.Immutable;
using Damon.Model.Kdamonds;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Hosts;

/// <summary>Whether the parts of a host's settings fit together.</summary>
public static class HostValidation
{
    /// <summary>What is wrong, in one sentence; null: nothing.</summary>
    public static string? Validate(HostSettings settings) =>
        Processes(settings) ?? Kdamonds(settings) ?? Feeds(settings) ?? Events(settings);

    private static string? Feeds(HostSettings settings)
    {
        foreach (FeedSettings feed in settings.Feeds)
        {
            if (settings.EffectiveMemoryCosts is null) return "goals are fed with what tenants feel, but the host does not measure it";
            if (!settings.Memcgs.Any(memcg => memcg.Id == feed.Memcg)) return $"a feed names the cgroup {feed.Memcg}, which the host does not have";
            if ((uint)feed.Kdamond >= (uint)settings.Kdamonds.Length) return $"a feed names kdamond {feed.Kdamond}; the host has {settings.Kdamonds.Length}";
            if (feed.EveryUs == 0) return "a feed comes every 0 us; it must be at least 1";
        }

        return null;
    }

    private static string? Processes(HostSettings settings)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ProcessSettings process in settings.Processes)
        {
            if (!names.Add(process.Name)) return $"there are two processes '{process.Name}'";
            if (process.StartsLater && !process.Placements.IsEmpty)
                return $"process '{process.Name}' starts later than the host, so that it cannot have folios in place at time 0";
            if (settings.Thp is not null && process.CanHaveHugePages && settings.PageShift != Vma.BasePageShift)
                return $"process '{process.Name}' can have transparent huge pages, which are made of pages of 4 KiB; the host's have {1 << settings.PageShift} bytes";
            if (process.Vmas.Validate(process.NrPages, settings.PageShift) is { } error)
                return $"process '{process.Name}': {error}";
        }

        return null;
    }

    private static string? Kdamonds(HostSettings settings)
    {
        for (int i = 0; i < settings.Kdamonds.Length; i++)
        {
            KdamondSettings kdamond = settings.Kdamonds[i];
            if ((KdamondValidation.Validate(kdamond) ?? Targets(settings, kdamond)) is { } error) return $"kdamond {i}: {error}";
        }

        return null;
    }

    /// <summary>Whether a kdamond's targets are processes of the host: what is wrong, in one sentence; null: nothing.</summary>
    internal static string? Targets(HostSettings settings, KdamondSettings kdamond)
    {
        ImmutableArray<TargetSettings> targets = kdamond.Targets;
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i].Process is { } name && !settings.Processes.Any(process => process.Name == name))
                return $"target {i} names the process '{name}', which the host does not have";
            if (targets[i].Cgroup is { } path && !settings.Memcgs.Any(memcg => MemcgSettings.IsBelow(memcg.Path, path)))
                return $"target {i} names the cgroup '{path}', which the host does not have";
        }

        return null;
    }

    private static string? Events(HostSettings settings)
    {
        for (int i = 0; i < settings.Events.Length; i++)
        {
            if (ProcessOf(settings.Events[i]) is not { } index) continue;
            if ((uint)index >= (uint)settings.Processes.Length)
                return $"event {i} is for process {index}; the host has {settings.Processes.Length}";
            ProcessSettings process = settings.Processes[index];
            if (Event(settings, settings.Events[i], process) is { } error)
                return $"event {i} for process '{process.Name}': {error}";
        }

        return null;
    }

    private static string? Event(HostSettings settings, HostEvent @event, ProcessSettings process) => @event switch
    {
        VmasEvent vmas => vmas.Vmas.Validate(process.NrPages, settings.PageShift),
        StartEvent when !process.StartsLater => "it cannot start, as it starts with the host",
        MoveEvent move when !settings.Memcgs.Any(memcg => memcg.Id == move.Memcg) =>
            $"it cannot move to the cgroup {move.Memcg}, which the host does not have",
        _ => null,
    };

    private static int? ProcessOf(HostEvent @event) => @event switch
    {
        AllocateEvent allocate => allocate.Process,
        FreeEvent free => free.Process,
        VmasEvent vmas => vmas.Process,
        StartEvent start => start.Process,
        MoveEvent move => move.Process,
        ExitEvent exit => exit.Process,
        _ => null,
    };
}
