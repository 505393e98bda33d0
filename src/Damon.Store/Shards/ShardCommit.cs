namespace Damon.Store.Shards;

/// <summary>The logged digest of a window.</summary>
/// <param name="Window">The window.</param>
/// <param name="Digest">The shard's digest after it.</param>
public readonly record struct WindowDigest(Window Window, Digest Digest);

/// <summary>What one shard commits: the windows after <see cref="From"/> up to <see cref="To"/>, and all that they brought about.</summary>
public sealed record ShardCommit
{
    private readonly Window? _resultsFrom;
    private readonly Window? _resultsTo;

    /// <summary>The shard.</summary>
    public required ShardId Shard { get; init; }

    /// <summary>The epoch of the worker's hold.</summary>
    public required long Epoch { get; init; }

    /// <summary>The done window before.</summary>
    public required Window From { get; init; }

    /// <summary>The done window after. Equal to <see cref="From"/>: only a checkpoint or results.</summary>
    public required Window To { get; init; }

    /// <summary>Digests of windows after <see cref="From"/>, ascending; at least that of <see cref="To"/>.</summary>
    public IReadOnlyList<WindowDigest> Digests { get; init; } = [];

    /// <summary>Outgoing mail of window <see cref="To"/>, at most one packet a destination. Only for commits of one window.</summary>
    public IReadOnlyList<MailPacket> Mail { get; init; } = [];

    /// <summary>Results of the windows after <see cref="ResultsFrom"/> up to <see cref="ResultsTo"/>.</summary>
    public IReadOnlyList<ResultChunk> Results { get; init; } = [];

    /// <summary>The window up to which all results were stored before: <see cref="From"/> unless it is said. The fence looks at it as well.</summary>
    public Window ResultsFrom
    {
        get => _resultsFrom ?? From;
        init => _resultsFrom = value;
    }

    /// <summary>
    /// The window up to which all results are stored once this is committed: <see cref="To"/> unless it is said, and no earlier with a
    /// checkpoint, as windows before that are not computed again. A later commit brings the others.
    /// </summary>
    public Window ResultsTo
    {
        get => _resultsTo ?? To;
        init => _resultsTo = value;
    }

    /// <summary>Sequences of the commands that were applied in these windows.</summary>
    public IReadOnlyList<long> Applied { get; init; } = [];

    /// <summary>The state after <see cref="To"/>; null: no checkpoint this time.</summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>The hold that it needs.</summary>
    internal ShardLease Before => new(Shard, Epoch, From, ResultsFrom);

    /// <summary>The hold as it is once this is committed.</summary>
    internal ShardLease After => new(Shard, Epoch, To, ResultsTo);

    /// <summary>Checks what can be checked without the store.</summary>
    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public void Validate()
    {
        if (From < Window.None || To < From) throw Bad($"windows after {From} up to {To}");
        Window last = From;
        foreach (WindowDigest digest in Digests)
        {
            if (digest.Window <= last || digest.Window > To) throw Bad($"a digest of window {digest.Window} after one of {last}");
            last = digest.Window;
        }

        if (last != To) throw Bad($"no digest of window {To}");
        if (Applied.Count > 0 && To == From) throw Bad("applied commands in a commit of no window");
        if (Mail.Count > 0 && To != From.Next) throw Bad("mail in a commit that is not of one window");
        if (Mail.DistinctBy(packet => packet.Destination).Count() != Mail.Count) throw Bad("two packets for one destination");
        if (Results.DistinctBy(chunk => (chunk.Table, chunk.First)).Count() != Results.Count) throw Bad("two chunks of one table and window");
        if (Checkpoint is { } checkpoint && checkpoint.Window != To) throw Bad($"a checkpoint of window {checkpoint.Window}");
        if (ResultsFrom > From || ResultsTo < ResultsFrom || ResultsTo > To || Checkpoint is not null && ResultsTo < To)
            throw Bad($"results after window {ResultsFrom} up to {ResultsTo}");
        foreach (ResultChunk chunk in Results)
        {
            if (chunk.First <= ResultsFrom || chunk.Last < chunk.First || chunk.Last > ResultsTo) throw Bad($"results of windows {chunk.First} to {chunk.Last}");
            if (!ResultChunk.IsName(chunk.Table)) throw Bad($"results of a table named '{chunk.Table}'");
        }
    }

    /// <summary>Checks commits that are to be made together.</summary>
    /// <exception cref="ArgumentException">One's parts do not fit each other, or a shard is there twice.</exception>
    public static void Validate(IReadOnlyList<ShardCommit> commits)
    {
        foreach (ShardCommit commit in commits) commit.Validate();
        if (commits.DistinctBy(commit => commit.Shard).Count() != commits.Count) throw new ArgumentException("a shard is twice in one commit");
    }

    private ArgumentException Bad(string found) => new($"commit of {Shard}, windows after {From} up to {To}: found {found}");
}

/// <summary>The answer to a commit.</summary>
/// <param name="Lost">
/// Empty: all is committed. Else nothing is, and these shards are not (or not any more) the worker's at the epoch and window
/// that it named: it forgets them.
/// </param>
public sealed record CommitAnswer(IReadOnlyList<ShardId> Lost)
{
    /// <summary>Whether the transaction took effect.</summary>
    public bool IsCommitted => Lost.Count == 0;
}
