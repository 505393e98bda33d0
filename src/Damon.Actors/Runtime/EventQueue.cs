namespace Damon.Actors.Runtime;

/// <summary>One message under way: when it is due, to whom, and where it lies (the slot of a mailbox).</summary>
/// <remarks>Holds no references, so that moving it inside the heap costs no write barrier.</remarks>
internal struct Event
{
    public long Due;
    public long Sequence;
    public int Rank;
    public int Mailbox;
    public int Slot;

    /// <summary>The order of delivery: due time, then the receiver's rank, then the order of sending.</summary>
    public static bool Before(in Event left, in Event right)
    {
        if (left.Due != right.Due) return left.Due < right.Due;
        if (left.Rank != right.Rank) return left.Rank < right.Rank;
        return left.Sequence < right.Sequence;
    }
}

/// <summary>A heap of events with four children a node: half as deep as a binary one, and a node's children share cache lines.</summary>
internal sealed class EventQueue
{
    private const int Fanout = 4;
    private Event[] _heap = new Event[16];
    private int _count;

    public int Count => _count;

    /// <summary>The first event; the queue must not be empty.</summary>
    public ref readonly Event First => ref _heap[0];

    /// <summary>When the first event is due, in ns; <see cref="long.MaxValue"/> if there is none.</summary>
    public long NextDue => _count == 0 ? long.MaxValue : _heap[0].Due;

    public void Push(in Event added)
    {
        if (_count == _heap.Length) Array.Resize(ref _heap, _count * 2);
        Rise(_count++, added);
    }

    public Event Pop()
    {
        Event first = _heap[0];
        if (--_count > 0) Sink(0, _heap[_count]);
        return first;
    }

    /// <summary>Takes out every event that the predicate names.</summary>
    public void RemoveAll(Predicate<Event> condemned)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (!condemned(_heap[i])) _heap[kept++] = _heap[i];
        }
        _count = kept;
        for (int i = (kept - 2) / Fanout; kept > 1 && i >= 0; i--) Sink(i, _heap[i]);
    }

    private void Rise(int hole, in Event moved)
    {
        Event[] heap = _heap;
        while (hole > 0)
        {
            int parent = (hole - 1) / Fanout;
            if (!Event.Before(moved, heap[parent])) break;
            heap[hole] = heap[parent];
            hole = parent;
        }
        heap[hole] = moved;
    }

    private void Sink(int hole, Event moved)
    {
        Event[] heap = _heap;
        while (true)
        {
            int child = hole * Fanout + 1;
            if (child >= _count) break;
            int least = child;
            int end = Math.Min(child + Fanout, _count);
            for (int i = child + 1; i < end; i++)
            {
                if (Event.Before(heap[i], heap[least])) least = i;
            }
            if (!Event.Before(heap[least], moved)) break;
            heap[hole] = heap[least];
            hole = least;
        }
        heap[hole] = moved;
    }
}
