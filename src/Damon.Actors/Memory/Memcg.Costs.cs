using Damon.Actors.Costs;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model;
using Damon.Model.Costs;
using Damon.Model.Memory;
using Damon.Model.Snapshots;
using Damon.Model.Workloads;

namespace Damon.Actors.Memory;

/// <content>What only hosts with swap or a cost model have: the books of its processes, and pages that come back.</content>
public sealed partial class Memcg :
    IReceive<RefaultDue>,
    IRespond<ReadProcessUse, ProcessUse>
{
    // The world's clock counts ns in 63 bits.
    private const long LastInstantUs = long.MaxValue / 1_000;

    private readonly SortedList<int, ProcessLedger> _ledgers = [];
    private readonly RefaultQueue _refaults = new();
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private readonly List<uint> _touched = [];
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private readonly List<uint> _stillOut = [];

    /// <inheritdoc/>
    public void Receive(in RefaultDue message)
    {
        _touched.Clear();
        _refaults.Take(message.DueUs, _touched);
        _stillOut.Clear();
        foreach (uint owner in _touched)
        {
            // Freed, or back already by another way: nothing to do.
            int process = _map.ProcessOf(owner);
            if (SwapEntry.IsOne(TableOf(process).EntryOf(owner - _map.BasePages[process]))) _stillOut.Add(owner);
        }

        for (int from = 0; from < _stillOut.Count;)
        {
            int count = RunFrom(from);
            Refault(_stillOut.GetRange(from, count).ToArray(), message.DueUs);
            from += count;
        }

        Settle();
    }

    /// <inheritdoc/>
    public ProcessUse Respond(in ReadProcessUse request)
    {
        ProcessLedger ledger = _ledgers[request.Process];
        if (request.FromUs >= request.ToUs) return new ProcessUse(ledger.Traffic, default);
        ledger.AddAccesses(request.FromUs, request.ToUs, request.MicroAccessesByNode.Span);
        return new ProcessUse(ledger.Traffic, ledger.WalksIn(request.FromUs, request.ToUs));
    }

    private PageTable TableOf(int process) => _spaces[process].Pages;

    /// <summary>Opens the books of a process, where the host keeps any.</summary>
    private void OpenLedger(int process)
    {
        if (_settings.EffectiveMemoryCosts is not { } costs) return;
        _ledgers.Add(process, new ProcessLedger(
            TableOf(process),
            _settings.Processes[process].Rules,
            [.. _settings.Nodes.Select(node => new FrameRange(node.StartPfn, node.NrPages))],
            _settings.PageShift,
            costs,
            _settings.Swap));
    }

    /// <summary>A page was reclaimed: it comes back when it is touched next.</summary>
    private void SwapOut(int process, PageTable table, uint page, ulong entry)
    {
        table.SwapOut(page, entry);
        AwaitTouch(process, page, Context.Now.Microseconds);
    }

    private void AwaitTouch(int process, uint page, long afterUs)
    {
        long dueUs = _ledgers[process].NextTouchUs(page, afterUs);
        if (dueUs == AccessRule.NeverAgain || dueUs > LastInstantUs) return;
        if (_refaults.Add(_map.BasePages[process] + page, dueUs))
            Context.ScheduleSystem(VirtualTime.FromMicroseconds(dueUs), Context.Self, new RefaultDue(dueUs));
    }

    /// <summary>How many pages that are out, from one on, can come back by one request: of one process and alike.</summary>
    private int RunFrom(int from)
    {
        int process = _map.ProcessOf(_stillOut[from]);
        FolioTemplate first = TemplateOf(_stillOut[from], 0);
        int to = from + 1;
        while (to < _stillOut.Count && _map.ProcessOf(_stillOut[to]) == process && TemplateOf(_stillOut[to], 0) == first) to++;
        return to - from;
    }

    private FolioTemplate TemplateOf(uint owner, long touchedUs)
    {
        int process = _map.ProcessOf(owner);
        uint page = owner - _map.BasePages[process];
        PageTable table = TableOf(process);
        return FolioTemplate.Faulted(_id, SwapEntry.Flags(table.EntryOf(page)), table.IsHuge(page), touchedUs);
    }

    /// <summary>Brings pages of one process back, from the first node of its policy that has room.</summary>
    private void Refault(uint[] owners, long touchedUs)
    {
        int process = _map.ProcessOf(owners[0]);
        FolioTemplate template = TemplateOf(owners[0], touchedUs);
        ulong[] pfns = new ulong[owners.Length];
        Array.Fill(pfns, NodeMemory.NoPfn);
        int left = owners.Length;
        foreach (ActorRef node in NodesOf(_settings.Processes[process]))
        {
            if (left == 0) break;
            left -= node.Ask<FaultIn, int>(new FaultIn(owners, template, pfns));
        }

        for (int i = 0; i < owners.Length; i++)
        {
            uint page = owners[i] - _map.BasePages[process];
            if (pfns[i] != NodeMemory.NoPfn)
            {
                TableOf(process).Map(page, pfns[i]);
                TableOf(process).Touch(page);
                continue;
            }

            _ledgers[process].FaultFailed();
            AwaitTouch(process, page, Context.Now.Microseconds);
        }
    }

    private IEnumerable<ActorRef> NodesOf(ProcessSettings process) => process.AllocationNodes.IsEmpty
        ? _map.Nodes.Select(entry => entry.Node)
        : process.AllocationNodes.Select(id => _map.Node(id)).OfType<ActorRef>();

    /// <summary>Closes a batch of changes, and gives back the room in swap that they made free.</summary>
    private void Settle()
    {
        if (_ledgers.Count == 0) return;
        ulong returned = 0;
        foreach (ProcessLedger ledger in _ledgers.Values) returned += ledger.Settle();
        if (returned > 0) _map.Swap!.Ask<ReleaseSwap, Done>(new ReleaseSwap(returned));
    }
}
