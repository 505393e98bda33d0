using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>Builds the targets of contexts: processes, given regions, NUMA nodes or all System RAM (spec sections 4 and 5).</summary>
internal sealed class TargetBuilder
{
    private readonly IReadOnlyList<OptionUse> _opsUses;
    private readonly IReadOnlyList<OptionUse> _regions;
    private readonly IReadOnlyList<OptionUse> _nodes;
    private readonly List<(Number Pid, int? WordIndex)> _pids = [];
    private readonly HashSet<int> _obsolete = [];
    private readonly OptionUse? _obsoleteUse;
    private readonly DeducedTarget _deduced;
    private readonly SystemRam _ram;
    private readonly ICollection<Notice> _notices;

    internal TargetBuilder(ParsedOptions options, SystemRam ram, DeducedTarget deduced, ICollection<Notice> notices)
    {
        (_ram, _deduced, _notices) = (ram, deduced, notices);
        _regions = options.Uses("regions");
        _nodes = options.Uses("numa_node");
        _opsUses = options.Uses("ops");
        _obsoleteUse = options.Use("obsolete_targets");
        if (_obsoleteUse is not null) _obsolete = [.. Dealing.Counts(_obsoleteUse)];
        if (deduced.Ops is null)
        {
            foreach (OptionUse use in options.Uses("target_pid")) _pids.Add((use.Read(0, ValueReader.Nr), use.WordIndex));
            return;
        }

        if (deduced.Pid is { } pid) _pids.Add((pid, options.PositionalIndex));
        foreach (string name in (ReadOnlySpan<string>)["ops", "target_pid"])
        {
            if (options.Use(name) is { } use)
                notices.Add(use.Notice(NoticeCode.Ignored, $"--{name} has no effect: the target '{options.Positional}' decides"));
        }
    }

    /// <summary>Number of all targets.</summary>
    internal int Count(int nrContexts)
    {
        int count = Math.Max(Math.Max(nrContexts, _pids.Count), Math.Max(_regions.Count, _nodes.Count));
        foreach (int index in _obsolete)
        {
            if (index >= count) throw _obsoleteUse!.Refuse($"there is no target {index}; allowed are indices below {count}");
        }

        return count;
    }

    /// <summary>The operations set of a context: as given, else vaddr when there is a process of the same index.</summary>
    internal Operations OpsOf(int context)
    {
        if (_deduced.Ops is { } deduced && context == 0) return deduced;
        if (_deduced.Ops is null && context < _opsUses.Count) return _opsUses[context].Read(0, Keywords.Operations.Read);
        return context < _pids.Count ? Operations.Vaddr : Operations.Paddr;
    }

    /// <summary>The targets of one context.</summary>
    internal Sequence<Target> Build(Operations ops, int first, int count)
    {
        var targets = new List<Target>(count);
        for (int i = first; i < first + count; i++) targets.Add(new(PidOf(i, ops), _obsolete.Contains(i), RegionsOf(i, ops)));
        return targets.ToSequence();
    }

    private Number? PidOf(int index, Operations ops)
    {
        if (index >= _pids.Count) return null;
        if (ops != Operations.Paddr) return _pids[index].Pid;
        Ignore("--target_pid", "the context watches paddr", _pids[index].WordIndex);
        return null;
    }

    private Sequence<AddressRange> RegionsOf(int index, Operations ops)
    {
        OptionUse? nodes = index < _nodes.Count ? _nodes[index] : null;
        Sequence<AddressRange> given = index < _regions.Count ? ParseRegions(_regions[index]) : [];
        if (given.Count > 0 || ops != Operations.Paddr)
        {
            if (nodes is not null)
                Ignore("--numa_node", ops == Operations.Paddr ? "--regions is given" : "only paddr has nodes", nodes.WordIndex);
            return given;
        }

        if (nodes is null) return [new(Number.Whole(_ram.Start), Number.Whole(_ram.End))];
        return OfNodes(nodes);
    }

    private Sequence<AddressRange> OfNodes(OptionUse nodes)
    {
        var wanted = new HashSet<Number>();
        for (int i = 0; i < nodes.Words.Count; i++) wanted.Add(nodes.Read(i, ValueReader.Nr));
        IReadOnlyList<(ulong Start, ulong End)> ranges = _ram.Of(node => wanted.Contains(node));
        if (ranges.Count == 0)
            Ignore("--numa_node", $"the machine has no node {string.Join(' ', nodes.Words)}, so nothing is watched", nodes.WordIndex);
        return ranges.Select(range => new AddressRange(Number.Whole(range.Start), Number.Whole(range.End))).ToSequence();
    }

    private static Sequence<AddressRange> ParseRegions(OptionUse use)
    {
        var ranges = new List<AddressRange>();
        foreach (string field in use.Words[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = field.Split('-');
            if (ends.Length != 2) throw use.Refuse($"'{field}' is no range; allowed is START-END, several separated by blanks in one word");
            AddressRange range = use.Read(0, _ => new AddressRange(ValueReader.Bytes(ends[0]), ValueReader.Bytes(ends[1])));
            if (!(range.Start < range.End)) throw use.Refuse($"the range '{field}' is empty; its start must be below its end");
            if (ranges.Count > 0 && ranges[^1].End > range.Start)
                throw use.Refuse($"the range '{field}' overlaps or precedes the one before; allowed are ranges in ascending order");
            ranges.Add(range);
        }

        return ranges.ToSequence();
    }

    private void Ignore(string option, string why, int? wordIndex) =>
        _notices.Add(new(NoticeCode.Ignored, $"{option} has no effect: {why}", option, wordIndex));
}
