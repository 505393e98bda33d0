using Damon.Actors.Kdamonds;
using Damon.Actors.Memory;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Memory;

namespace Damon.Actors.Hosts;

/// <summary>
/// The host itself: carries out what happens to it at virtual times, and owns what its kernel has only once.
/// </summary>
public sealed partial class Host : Actor,
    IReceive<EventDue>,
    IRespond<CarryOut, Done>,
    IRespond<ReadPsi, ulong>,
    IRespond<ReadHostRefusals, IReadOnlyList<HostRefusal>>,
    IRespond<ReadSplitState, SplitState>,
    IRespond<WriteSplitState, Done>
{
    private readonly HostSettings _settings;
    private readonly HostMap _map;
    private readonly Psi _psi = new();
    private readonly List<HostRefusal> _refusals = [];
    private SplitState _splits;

    /// <summary>A host whose other actors are in the map by the time that it gets its first message.</summary>
    public Host(HostSettings settings, HostMap map)
    {
        _settings = settings;
        _map = map;
        foreach (PsiSegment segment in settings.Psi) _psi.Feed(segment.StartUs, segment.EndUs, segment.StallUsPerSecond);
    }

    /// <inheritdoc/>
    public void Receive(in EventDue message) => CarryOut(_settings.Events[message.Index]);

    /// <inheritdoc/>
    public Done Respond(in CarryOut request)
    {
        CarryOut(request.Event);
        return default;
    }

    /// <inheritdoc/>
    public ulong Respond(in ReadPsi request)
    {
        CountStalls();
        return _psi.TotalUs(Context.Now.Microseconds);
    }

    /// <inheritdoc/>
    public IReadOnlyList<HostRefusal> Respond(in ReadHostRefusals request) => [.. _refusals];

    /// <inheritdoc/>
    public SplitState Respond(in ReadSplitState request) => _splits;

    /// <inheritdoc/>
    public Done Respond(in WriteSplitState request)
    {
        _splits = request.State;
        return default;
    }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        for (int i = 0; i < _settings.Events.Length; i++)
        {
            VirtualTime at = VirtualTime.FromMicroseconds((long)_settings.Events[i].AtUs);
            Context.ScheduleSystem(at, Context.Self, new EventDue(i));
        }
    }

    private void CarryOut(HostEvent @event)
    {
        switch (@event)
        {
            case BalloonEvent balloon:
                if (_map.Node(balloon.Node) is { } node) node.Ask<InflateBalloon, Done>(new InflateBalloon(balloon.Pages));
                break;
            case TakeMemoryEvent take:
                Resize(take, take.Node, take.Pages, 0);
                break;
            case AddMemoryEvent add:
                Resize(add, add.Node, 0, add.Pages);
                break;
            case FreeEvent free:
                _map.MemcgOfProcess[free.Process].Ask<FreePages, PagesChanged>(
                    new FreePages(free.Process, free.FirstPage, free.Count));
                break;
            case AllocateEvent allocate:
                Allocate(allocate);
                break;
            case VmasEvent vmas:
                _map.MemcgOfProcess[vmas.Process].Ask<ReplaceVmas, PagesChanged>(new ReplaceVmas(vmas.Process, vmas.Vmas));
                break;
            case StartEvent start:
                _map.MemcgOfProcess[start.Process].Ask<StartProcess, Done>(new StartProcess(start.Process));
                break;
            case MoveEvent move:
                foreach (ActorRef memcg in _map.MemcgsBelow("/")) memcg.Ask<LeaveCgroup, Done>(new LeaveCgroup(move.Process));
                _map.Memcg(move.Memcg).Ask<JoinCgroup, Done>(new JoinCgroup(move.Process));
                break;
            case ExitEvent exit:
                _map.MemcgOfProcess[exit.Process].Ask<ExitProcess, PagesChanged>(new ExitProcess(exit.Process));
                break;
            case KdamondEvent request:
                _map.Kdamonds[request.Kdamond].Ask<RequestControl, Done>(new RequestControl(request));
                break;
            case PressureEvent pressure:
                _psi.Feed(pressure.AtUs, pressure.AtUs + pressure.ForUs, pressure.StallUsPerSecond);
                break;
            default:
                throw new InvalidOperationException($"a host does not know {@event.GetType().Name}");
        }
    }

    private void Resize(HostEvent @event, NodeId id, ulong taken, ulong added)
    {
        string? error = _map.Node(id) is { } node
            ? node.Ask<ResizeNode, NodeResized>(new ResizeNode(taken, added)).Error
            : $"there is no node {id}";
        if (error is not null) _refusals.Add(new HostRefusal(@event, error));
    }

    private void Allocate(AllocateEvent allocate)
    {
        AllocatePages request = new(
            allocate.Process, allocate.FirstPage, allocate.Count, allocate.Node, allocate.Fallback,
            allocate.Kind.ToFlags(), allocate.Kind.Huge, allocate.Stride);
        _map.MemcgOfProcess[allocate.Process].Ask<AllocatePages, PagesChanged>(request);
    }
}
