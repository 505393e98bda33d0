namespace Damon.Scenarios.Fleets;

/// <summary>A packet from one member of a fleet to another: sent in one window and delivered at the begin of a later one.</summary>
/// <param name="From">Index of the sender in its fleet.</param>
/// <param name="To">Index of the receiver.</param>
/// <param name="DeliverUs">When it is delivered, us of virtual time: the begin of a window after that in which it is sent.</param>
/// <param name="Sequence">Counts what the sender has sent, from 0.</param>
/// <param name="Message">What it says.</param>
public sealed record FleetMail(int From, int To, ulong DeliverUs, ulong Sequence, FleetMessage Message)
{
    /// <summary>The order in which a receiver takes its mail: by delivery time, then sender, then the order of sending.</summary>
    public static int Order(FleetMail one, FleetMail other)
    {
        int order = one.DeliverUs.CompareTo(other.DeliverUs);
        if (order == 0) order = one.From.CompareTo(other.From);
        return order != 0 ? order : one.Sequence.CompareTo(other.Sequence);
    }
}
