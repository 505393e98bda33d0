using System.Runtime.CompilerServices;

namespace Damon.Actors.Runtime;

/// <summary>The messages of one type that are under way to one actor.</summary>
internal abstract class Mailbox(ActorCell owner, int index)
{
    /// <summary>To whom the messages go.</summary>
    public ActorCell Owner { get; } = owner;

    /// <summary>The number of this mailbox in its world, as events hold it.</summary>
    public int Index { get; } = index;

    /// <summary>Finds the handler of a new instance; null: the actor has stopped.</summary>
    public abstract void Bind(Actor? actor);

    /// <summary>Takes the event's message out and handles it.</summary>
    public abstract void Deliver(in Event due);

    /// <summary>Takes a message out and counts it as a dead letter.</summary>
    public abstract void Bury(int slot);

    /// <summary>Marks a message as cancelled; its event is dropped later. False if the message is gone already.</summary>
    public abstract bool Cancel(int slot, uint generation);

    public abstract bool IsActive(int slot, uint generation);

    public abstract bool IsCancelled(int slot);

    /// <summary>Frees the slot of a cancelled message.</summary>
    public abstract void Release(int slot);
}

/// <summary>A slab of message structs with a free list, so that sending allocates nothing once it has grown to its size.</summary>
internal sealed class Mailbox<T>(ActorCell owner, int index) : Mailbox(owner, index)
    where T : struct
{
    private const long Cancelled = -1;
    private const int None = -1;
    private readonly World _world = owner.World;
    private IReceive<T>? _handler;
    private Slot[] _slots = new Slot[4];
    private int _used;
    private int _free = None;

    public bool IsBound => _handler is not null;

    public override void Bind(Actor? actor) =>
        _handler = actor as IReceive<T> ?? (actor is IReceiveAny any ? new ReceiveAny<T>(any) : null);

    public void Post(in T message)
    {
        if (_handler is null) _world.Bury(Owner.Self, in message);
        else _world.Enqueue(_world.NowNanoseconds, this, Put(in message, 0));
    }

    /// <summary>Sends a message that is due later, again and again if the period is not 0 (ns).</summary>
    public ScheduledMessage PostAt(long due, long period, in T message)
    {
        if (_handler is null) return Refuse(in message);
        int slot = Put(in message, period);
        _world.Enqueue(due, this, slot);
        return new ScheduledMessage(this, slot, _slots[slot].Generation);
    }

    /// <summary>Sends a message that the world's timetable brings.</summary>
    public ScheduledMessage PostSystem(long due, in T message)
    {
        if (_handler is null) return Refuse(in message);
        int slot = Put(in message, 0);
        _world.EnqueueSystem(due, this, slot);
        return new ScheduledMessage(this, slot, _slots[slot].Generation);
    }

    public override void Deliver(in Event due)
    {
        ref Slot slot = ref _slots[due.Slot];
        T message = slot.Message;
        IReceive<T>? handler = _handler;
        if (handler is null)
        {
            Bury(due.Slot);
            return;
        }
        if (slot.Period == 0) Release(due.Slot);
        else _world.Enqueue(due.Due + slot.Period, this, due.Slot);

        _world.Begin(in due);
        _world.Trace?.Delivering(_world.Now, Owner.Self, due.Sequence, in message);
        Owner.Enter();
        try
        {
            handler.Receive(in message);
        }
        catch (Exception error)
        {
            Owner.Fail(error, typeof(T).Name, message.ToString());
            return;
        }
        Owner.Leave();
    }

    public override void Bury(int slot)
    {
        _world.Bury(Owner.Self, in _slots[slot].Message);
        Release(slot);
    }

    public override bool Cancel(int slot, uint generation)
    {
        if (!IsActive(slot, generation)) return false;
        _slots[slot].Period = Cancelled;
        _world.Cancelled();
        return true;
    }

    public override bool IsActive(int slot, uint generation) => _slots[slot].Generation == generation && _slots[slot].Period != Cancelled;

    public override bool IsCancelled(int slot) => _slots[slot].Period == Cancelled;

    public override void Release(int slot)
    {
        ref Slot released = ref _slots[slot];
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) released.Message = default;
        released.Period = 0;
        released.Generation++;
        released.NextFree = _free;
        _free = slot;
    }

    /// <summary>Keeps a message without sending it: a stashed one.</summary>
    public int Put(in T message, long period)
    {
        int slot = _free;
        if (slot != None) _free = _slots[slot].NextFree;
        else
        {
            if (_used == _slots.Length) Array.Resize(ref _slots, _used * 2);
            slot = _used++;
        }
        ref Slot taken = ref _slots[slot];
        taken.Message = message;
        taken.Period = period;
        return slot;
    }

    private ScheduledMessage Refuse(in T message)
    {
        _world.Bury(Owner.Self, in message);
        return default;
    }

    /// <summary>A message, its period (0: delivered once; -1: cancelled) and how often the slot has been used before.</summary>
    internal struct Slot
    {
        public T Message;
        public long Period;
        public int NextFree;
        public uint Generation;
    }
}
