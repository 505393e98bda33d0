using Damon.Actors.Hosts;

namespace Damon.Scenarios.Fleets.Agents;

/// <summary>
/// What runs on a host for something that belongs to all hosts, as a daemon in user space would: it looks at its host at the begin
/// of windows, does something to it, and sends mail.
/// </summary>
internal abstract class HostAgent
{
    /// <summary>Takes a packet, if it is from what the agent works for.</summary>
    public abstract void Receive(FleetMail mail, AgentTurn turn);

    /// <summary>Takes a command to its host, if it is for what the agent works for.</summary>
    public virtual void Obey(MemberCommand command, AgentTurn turn)
    {
    }

    /// <summary>Does what is to be done at the begin of a window, after all mail.</summary>
    public abstract void Act(AgentTurn turn);

    /// <summary>Writes all that it needs to go on from here.</summary>
    public abstract void Save(BinaryWriter writer);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public abstract void Load(BinaryReader reader);
}

/// <summary>An agent's turn at the begin of a window.</summary>
/// <param name="Host">The host.</param>
/// <param name="NowUs">The begin of the window, us.</param>
/// <param name="EndUs">Its end, us.</param>
/// <param name="Send">Sends a message to a member; it arrives one window later, or later still by a time in us.</param>
internal readonly record struct AgentTurn(SimulatedHost Host, ulong NowUs, ulong EndUs, Action<int, FleetMessage, ulong> Send);
