using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Memory;

namespace Damon.Actors.Memory;

/// <content>What reports ask about the places of folios and how often they moved; no part of the simulated kernel.</content>
public sealed partial class Memcg :
    IRespond<ReadPlaces, IReadOnlyList<uint>>,
    IRespond<ReadMoves, ProcessMoves>,
    IRespond<ForgetMoves, Done>
{
    private readonly SortedList<int, MoveCount> _moves = [];

    /// <inheritdoc/>
    public IReadOnlyList<uint> Respond(in ReadPlaces request)
    {
        uint[] folios = new uint[_map.Nodes.Count];
        PageTable table = _spaces[request.Process].Pages;
        for (uint page = request.First; page < request.First + request.Count; page++)
        {
            if (table.IsResident(page)) folios[_map.NodeIndexAt(table[page] << _map.PageShift)]++;
        }

        return folios;
    }

    /// <inheritdoc/>
    public ProcessMoves Respond(in ReadMoves request) =>
        _moves.TryGetValue(request.Process, out MoveCount? moves) ? moves.Total : default;

    /// <inheritdoc/>
    public Done Respond(in ForgetMoves request)
    {
        _moves.Clear();
        return default;
    }

    /// <summary>Counts the move of a folio, if the moves of its process are followed.</summary>
    private void CountMove(int process, uint page)
    {
        ProcessSettings settings = _settings.Processes[process];
        if (!settings.FollowsMoves) return;
        if (!_moves.TryGetValue(process, out MoveCount? moves)) _moves.Add(process, moves = new MoveCount(settings.NrPages));
        moves.Add(page);
    }

    /// <summary>How often each page of a process moved.</summary>
    private sealed class MoveCount(uint nrPages)
    {
        private readonly byte[] _times = new byte[nrPages];

        public ProcessMoves Total { get; private set; }

        public void Add(uint page)
        {
            byte before = _times[page];
            if (before < byte.MaxValue) _times[page]++;
            Total = new ProcessMoves(Total.Moves + 1, Total.Folios + (before == 0 ? 1u : 0), Total.MovedAgain + (before == 1 ? 1u : 0));
        }
    }
}
