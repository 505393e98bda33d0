using Damon.Model;
using Damon.Model.Kdamonds;
using Damon.Model.Monitoring;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Hosts;

/// <summary>Something that happens to a host from outside at a virtual time.</summary>
/// <param name="AtUs">When, us of virtual time.</param>
public abstract record HostEvent(ulong AtUs);

/// <summary>A driver takes or gives back frames of a node until it holds <paramref name="Pages"/>.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Node">The node.</param>
/// <param name="Pages">Frames held from now on.</param>
public sealed record BalloonEvent(ulong AtUs, NodeId Node, ulong Pages) : HostEvent(AtUs);

/// <summary>Free frames of a node are taken away; all or nothing.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Node">The node.</param>
/// <param name="Pages">How many.</param>
public sealed record TakeMemoryEvent(ulong AtUs, NodeId Node, ulong Pages) : HostEvent(AtUs);

/// <summary>Frames that were taken of a node are given back; all or nothing.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Node">The node.</param>
/// <param name="Pages">How many.</param>
public sealed record AddMemoryEvent(ulong AtUs, NodeId Node, ulong Pages) : HostEvent(AtUs);

/// <summary>Some task stalls on memory from now on for a while.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="ForUs">For how long, us.</param>
/// <param name="StallUsPerSecond">Stall, us a second.</param>
public sealed record PressureEvent(ulong AtUs, ulong ForUs, ulong StallUsPerSecond) : HostEvent(AtUs);

/// <summary>A process frees its resident pages in a range.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Process">Index of the process.</param>
/// <param name="FirstPage">First virtual page.</param>
/// <param name="Count">Number of virtual pages.</param>
public sealed record FreeEvent(ulong AtUs, int Process, uint FirstPage, uint Count) : HostEvent(AtUs);

/// <summary>A process touches its not resident pages in a range for the first time.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Process">Index of the process.</param>
/// <param name="FirstPage">First virtual page.</param>
/// <param name="Count">Number of virtual pages.</param>
/// <param name="Node">Where memory is taken.</param>
/// <param name="Fallback">Where else, when the node is full; null: nowhere.</param>
/// <param name="Kind">What the folios are like.</param>
public sealed record AllocateEvent(
    ulong AtUs, int Process, uint FirstPage, uint Count, NodeId Node, NodeId? Fallback, FolioKind Kind) : HostEvent(AtUs)
{
    /// <summary>From one page to the next; 1: a contiguous run.</summary>
    public uint Stride { get; init; } = 1;
}

/// <summary>A process maps and unmaps memory: it has this layout from now on, and what that leaves out is freed.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Process">Index of the process.</param>
/// <param name="Vmas">Its mappings.</param>
public sealed record VmasEvent(ulong AtUs, int Process, VmaLayout Vmas) : HostEvent(AtUs);

/// <summary>A process starts, forked or executed, with the mappings of its settings and no memory yet; one that has exited can start anew.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Process">Index of the process.</param>
public sealed record StartEvent(ulong AtUs, int Process) : HostEvent(AtUs);

/// <summary>A process moves to another cgroup; its memory stays charged where it is.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Process">Index of the process.</param>
/// <param name="Memcg">The cgroup.</param>
public sealed record MoveEvent(ulong AtUs, int Process, MemcgId Memcg) : HostEvent(AtUs);

/// <summary>A process exits: all its memory is freed and nobody can monitor it any more.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Process">Index of the process.</param>
public sealed record ExitEvent(ulong AtUs, int Process) : HostEvent(AtUs);

/// <summary>A request to a kdamond; carried out at its next look at its requests (spec 3, step 6).</summary>
/// <param name="AtUs">When it is made, us.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
public abstract record KdamondEvent(ulong AtUs, int Kdamond) : HostEvent(AtUs);

/// <summary>New parameters of a kdamond, committed online: all or nothing (spec 12).</summary>
/// <param name="AtUs">When, us; done at the kdamond's next look at its requests.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Settings">The whole new configuration.</param>
public sealed record CommitEvent(ulong AtUs, int Kdamond, KdamondSettings Settings)
    : KdamondEvent(AtUs, Kdamond);

/// <summary>New attributes of a kdamond without a commit (spec 6).</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Attributes">The new attributes.</param>
public sealed record SetAttributesEvent(ulong AtUs, int Kdamond, MonitoringAttributes Attributes)
    : KdamondEvent(AtUs, Kdamond);

/// <summary>The user feeds a value to a goal.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Scheme">Index of the scheme.</param>
/// <param name="Goal">Index of the goal.</param>
/// <param name="Value">The value.</param>
public sealed record FeedEvent(ulong AtUs, int Kdamond, int Scheme, int Goal, ulong Value)
    : KdamondEvent(AtUs, Kdamond);

/// <summary>A kdamond is paused or resumed.</summary>
/// <param name="AtUs">When, us.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
/// <param name="Paused">Whether it rests.</param>
public sealed record PauseEvent(ulong AtUs, int Kdamond, bool Paused)
    : KdamondEvent(AtUs, Kdamond);

/// <summary>A kdamond is turned off for good.</summary>
/// <param name="AtUs">When, us; it ends at its next look at its requests.</param>
/// <param name="Kdamond">Index of the kdamond.</param>
public sealed record StopEvent(ulong AtUs, int Kdamond)
    : KdamondEvent(AtUs, Kdamond);
