using Damon.Actors.Runtime;
using Damon.Model.Memory;
using Damon.Model.VirtualMemory;

namespace Damon.Actors.Memory;

/// <content>What a memcg does before a snapshot is written and after one is loaded.</content>
public sealed partial class Memcg :
    IRespond<FoldTables, ulong>,
    IRespond<FoldPlaces, int>,
    IRespond<UnfoldPlaces, Done>,
    IRespond<EndFolding, Done>
{
    /// <inheritdoc/>
    public ulong Respond(in FoldTables request)
    {
        ulong folios = 0;
        foreach (AddressSpace space in _spaces.Values)
        {
            if (request.Whole) space.Pages.KeepWhole();
            else space.Pages.BeginFolding();
            folios += space.Pages.FolioCount;
        }

        return folios;
    }

    /// <inheritdoc/>
    public int Respond(in FoldPlaces request)
    {
        ReadOnlySpan<uint> owners = request.Owners.Span;
        ReadOnlySpan<ulong> pfns = request.Pfns.Span;
        int folded = 0;
        TableCursor cursor = new(this);
        for (int i = 0; i < owners.Length; i++)
        {
            PageTable table = cursor.Find(owners[i], out uint page);
            if (table.Fold(page, pfns[i])) folded++;
        }

        return folded;
    }

    /// <inheritdoc/>
    public Done Respond(in UnfoldPlaces request)
    {
        ReadOnlySpan<uint> owners = request.Owners.Span;
        ReadOnlySpan<ulong> pfns = request.Pfns.Span;
        TableCursor cursor = new(this);
        for (int i = 0; i < owners.Length; i++)
        {
            PageTable table = cursor.Find(owners[i], out uint page);
            table.Unfold(page, pfns[i]);
        }

        return default;
    }

    /// <inheritdoc/>
    public Done Respond(in EndFolding request)
    {
        foreach (AddressSpace space in _spaces.Values) space.Pages.EndFolding();
        return default;
    }

    /// <summary>Finds tables by pages of the host's numbering; quick where one process's pages come in a row.</summary>
    private ref struct TableCursor(Memcg memcg)
    {
        private uint _first;
        private uint _end;
        private PageTable? _table;

        public PageTable Find(uint owner, out uint page)
        {
            if (owner - _first >= _end - _first || _table is null)
            {
                int process = memcg._map.ProcessOf(owner);
                (_first, _end) = memcg._map.PagesOf(process);
                _table = memcg.TableOf(process);
            }

            page = owner - _first;
            return _table;
        }
    }
}
