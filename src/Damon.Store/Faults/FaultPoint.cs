namespace Damon.Store.Faults;

/// <summary>The steps of the store's transactions at which a test can kill the process.</summary>
public enum FaultPoint
{
    /// <summary>Commit: nothing is sent yet.</summary>
    CommitBegin,

    /// <summary>Commit: the done windows are moved under the fence.</summary>
    CommitFence,

    /// <summary>Commit: the digests are written.</summary>
    CommitDigests,

    /// <summary>Commit: the mail is written.</summary>
    CommitMail,

    /// <summary>Commit: the results are written.</summary>
    CommitResults,

    /// <summary>Commit: the applied commands are written.</summary>
    CommitApplied,

    /// <summary>Commit: the checkpoints are written.</summary>
    CommitCheckpoint,

    /// <summary>Commit: superseded checkpoints are gone; only COMMIT is missing.</summary>
    CommitPrune,

    /// <summary>Commit: it is durable, the answer is not used yet.</summary>
    CommitDone,

    /// <summary>Join: the node's row is durable.</summary>
    JoinDone,

    /// <summary>Claim: nothing is sent yet.</summary>
    ClaimBegin,

    /// <summary>Claim: the shards are taken; only COMMIT is missing.</summary>
    ClaimTake,

    /// <summary>Claim: it is durable, the answer is not used yet.</summary>
    ClaimDone,

    /// <summary>Renew: nothing is sent yet.</summary>
    RenewBegin,

    /// <summary>Renew: it is durable, the answer is not used yet.</summary>
    RenewDone,

    /// <summary>Release: only COMMIT is missing.</summary>
    ReleaseMark,

    /// <summary>Release: it is durable, the answer is not used yet.</summary>
    ReleaseDone,

    /// <summary>Barrier: nothing is sent yet.</summary>
    OpenBegin,

    /// <summary>Barrier: the window is open; neither news nor COMMIT are sent.</summary>
    OpenMark,

    /// <summary>Barrier: it is durable, the answer is not used yet.</summary>
    OpenDone,

    /// <summary>Commands: nothing is sent yet.</summary>
    SendBegin,

    /// <summary>Commands: they are in the log; only COMMIT is missing.</summary>
    SendLog,

    /// <summary>Commands: they are durable and not acknowledged yet.</summary>
    SendDone,

    /// <summary>Finish: the outcome is written; only COMMIT is missing.</summary>
    FinishMark,

    /// <summary>Finish: it is durable, the answer is not used yet.</summary>
    FinishDone,
}
