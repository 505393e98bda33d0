namespace Damon.Scenarios.Fleets;

/// <summary>
/// What a fleet consists of: a host, or something that belongs to all hosts, such as a fleet-wide goal. A member shares nothing with
/// others: it gets mail and commands at the begin of a window of virtual time, runs the window, and hands out the mail that
/// it sent in it. So whoever runs members' windows in order and passes their mail on runs the fleet.
/// </summary>
/// <param name="fleet">The fleet.</param>
/// <param name="index">Which member of it.</param>
public abstract class FleetMember(Fleet fleet, int index)
{
    private readonly List<FleetMail> _held = [];
    private readonly List<FleetMail> _sent = [];
    private ulong _sequence;

    /// <summary>The fleet.</summary>
    public Fleet Fleet { get; } = fleet;

    /// <summary>Mail that it has got and that is not due yet.</summary>
    internal IReadOnlyList<FleetMail> Held => _held;

    /// <summary>Which member of the fleet this is.</summary>
    public int Index { get; } = index;

    /// <summary>Its name, unique in the fleet.</summary>
    public string Name => Fleet.Names[Index];

    /// <summary>The window that it runs next; <see cref="Fleet.WindowCount"/>: it has run all.</summary>
    public long NextWindow { get; private set; }

    /// <summary>A hash of the state that its future depends on, at the window's end where it stands.</summary>
    public abstract ulong StateHash { get; }

    /// <summary>A hash of all that it has reported so far.</summary>
    public RunningHash ResultsHash { get; private protected set; }

    /// <summary>Why it can go on no more, in one sentence; null: it can. Its windows go by without it.</summary>
    public string? Failure { get; private protected set; }

    /// <summary>Runs one window.</summary>
    /// <param name="window">The window: the one after that run last.</param>
    /// <param name="inbox">All mail that was sent to it in the window before, in any order.</param>
    /// <param name="commands">The commands that take effect with this window, in the order in which they were given.</param>
    /// <returns>The mail that it sends, in the order of sending; all of it goes into its receivers' next inbox.</returns>
    /// <exception cref="ArgumentException">It is another window's turn.</exception>
    public IReadOnlyList<FleetMail> RunWindow(long window, IReadOnlyCollection<FleetMail> inbox, IReadOnlyList<MemberCommand> commands)
    {
        if (window != NextWindow || window >= Fleet.WindowCount)
            throw new ArgumentException($"{Name} is to run window {window}, but its next one is {NextWindow} of {Fleet.WindowCount}", nameof(window));
        _sent.Clear();
        _held.AddRange(inbox);
        _held.Sort(FleetMail.Order);
        ulong nowUs = Fleet.BeginUs(window);
        int due = _held.FindIndex(mail => mail.DeliverUs > nowUs);
        FleetMail[] delivered = [.. _held.Take(due < 0 ? _held.Count : due)];
        _held.RemoveRange(0, delivered.Length);
        if (Failure is null) Run(nowUs, Fleet.EndUs(window), delivered, commands);
        NextWindow++;
        return [.. _sent];
    }

    /// <summary>Runs from the begin of a window to its end.</summary>
    /// <param name="beginUs">Its begin, us.</param>
    /// <param name="endUs">Its end, us.</param>
    /// <param name="mails">What is delivered at its begin, in order.</param>
    /// <param name="commands">What is commanded at its begin, in order.</param>
    private protected abstract void Run(ulong beginUs, ulong endUs, IReadOnlyList<FleetMail> mails, IReadOnlyList<MemberCommand> commands);

    /// <summary>Sends a message that arrives one window after the begin of this one.</summary>
    private protected void Send(int to, FleetMessage message) => Send(to, message, 0);

    /// <summary>Sends a message that arrives one window after the begin of this one, or later.</summary>
    /// <param name="to">Index of the receiver.</param>
    /// <param name="message">The message.</param>
    /// <param name="afterUs">How much later than one window, us.</param>
    private protected void Send(int to, FleetMessage message, ulong afterUs)
    {
        ulong nextUs = Fleet.BeginUs(NextWindow + 1);
        ulong later = (afterUs + Fleet.WindowUs - 1) / Fleet.WindowUs * Fleet.WindowUs;
        _sent.Add(new FleetMail(Index, to, nextUs + later, _sequence++, message));
    }

    /// <summary>Writes all that is needed to go on from here.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(NextWindow);
        writer.Write7BitEncodedInt64((long)_sequence);
        writer.Write(ResultsHash.Value);
        writer.Write(Failure ?? "");
        writer.Write7BitEncodedInt(_held.Count);
        foreach (FleetMail mail in _held) MailCodec.Write(writer, mail);
        if (Failure is null) SaveState(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into a member that was just made.</summary>
    /// <exception cref="InvalidDataException">The bytes are not of this member.</exception>
    public void Load(BinaryReader reader)
    {
        NextWindow = reader.Read7BitEncodedInt64();
        _sequence = (ulong)reader.Read7BitEncodedInt64();
        ResultsHash = new RunningHash(reader.ReadUInt64());
        Failure = reader.ReadString() is { Length: > 0 } failure ? failure : null;
        int held = reader.Read7BitEncodedInt();
        for (int i = 0; i < held; i++) _held.Add(MailCodec.Read(reader));
        if (Failure is null) LoadState(reader);
    }

    private protected abstract void SaveState(BinaryWriter writer);

    private protected abstract void LoadState(BinaryReader reader);
}
