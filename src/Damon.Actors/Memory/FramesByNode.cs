using System.Buffers;
using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Snapshots;

namespace Damon.Actors.Memory;

/// <summary>Deals the frames of folios out to the nodes that have them, so that each node is asked once for all of its own.</summary>
internal sealed class FramesByNode
{
    private readonly HostMap _map;
    private readonly Share[] _shares;

    public FramesByNode(HostMap map)
    {
        _map = map;
        _shares = [.. map.Nodes.Select(node => new Share(node.Node))];
    }

    /// <summary>One share for each node, by node id; it may be empty.</summary>
    public ReadOnlySpan<Share> Shares => _shares;

    public void Clear()
    {
        foreach (Share share in _shares) share.Clear();
    }

    /// <summary>Adds a folio.</summary>
    /// <param name="pfn">Its first frame.</param>
    /// <param name="position">Where its answer goes.</param>
    public void Add(ulong pfn, int position)
    {
        ulong address = pfn << _map.PageShift;
        _shares[_map.NodeIndexAt(address)].Add(address, position);
    }

    /// <summary>The folios of one node.</summary>
    internal sealed class Share(ActorRef node)
    {
        [NotInSnapshot(Rebuilt.AsEmpty)]
        private readonly ArrayBufferWriter<ulong> _addresses = new();
        [NotInSnapshot(Rebuilt.AsEmpty)]
        private readonly ArrayBufferWriter<int> _positions = new();

        public ActorRef Node { get; } = node;

        /// <summary>Physical addresses of the folios' first frames, in the order in which they were added.</summary>
        public ReadOnlyMemory<ulong> Addresses => _addresses.WrittenMemory;

        /// <summary>Where the answers go, side by side with the addresses.</summary>
        public ReadOnlySpan<int> Positions => _positions.WrittenSpan;

        public void Clear()
        {
            _addresses.ResetWrittenCount();
            _positions.ResetWrittenCount();
        }

        public void Add(ulong address, int position)
        {
            _addresses.Write([address]);
            _positions.Write([position]);
        }

        /// <summary>Puts a node's answers to their places.</summary>
        public void Scatter<T>(ReadOnlySpan<T> answers, Span<T> places)
        {
            ReadOnlySpan<int> positions = Positions;
            for (int i = 0; i < positions.Length; i++) places[positions[i]] = answers[i];
        }
    }
}
