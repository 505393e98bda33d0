using System.Runtime.CompilerServices;

namespace Damon.Model.Memory;

/// <summary>The small numbers under which a node's frames name the memcgs, in the order in which they were first charged.</summary>
internal sealed class MemcgTable
{
    private readonly Dictionary<MemcgId, int> _indexes = new() { [MemcgId.None] = 0 };
    private readonly List<MemcgId> _ids = [MemcgId.None];
    private MemcgId _lastId;
    private int _lastIndex;

    public int Count => _ids.Count;

    public MemcgId this[int index] => _ids[index];

    /// <summary>The number of a memcg (0 for none), or -1 when it was never charged here.</summary>
    public int Find(MemcgId id) => _indexes.TryGetValue(id, out int index) ? index : -1;

    /// <summary>The number of a memcg, new if need be.</summary>
    /// <exception cref="InvalidOperationException">More than 1,023 memcgs were charged on this node.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindOrAdd(MemcgId id)
    {
        if (id == _lastId) return _lastIndex;
        if (!_indexes.TryGetValue(id, out int index))
        {
            index = _ids.Count;
            if (index > Frame.MemcgMax)
                throw new InvalidOperationException($"A node can tell {Frame.MemcgMax} memcgs apart, and memcg {id} is one more.");
            _indexes.Add(id, index);
            _ids.Add(id);
        }
        _lastId = id;
        _lastIndex = index;
        return index;
    }
}
