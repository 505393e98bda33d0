namespace Damon.Damo.Notices;

/// <summary>Why a notice was given: each is something that damo does without a word.</summary>
public enum NoticeCode
{
    /// <summary>A quota option of a scheme without a quota interval is dropped.</summary>
    QuotaPartDropped,

    /// <summary>A goal of a scheme without a quota interval is dropped.</summary>
    GoalDropped,

    /// <summary>The node id of a goal is lost: the kernel takes its default node.</summary>
    NodeIdLost,

    /// <summary>A value is cut to another whole number than was written.</summary>
    Truncated,

    /// <summary>A percentage of accesses becomes another number of samples.</summary>
    SamplesTruncated,

    /// <summary>An option or word has no effect.</summary>
    Ignored,

    /// <summary>More uses than objects: the surplus has no effect.</summary>
    Surplus,

    /// <summary>Accepted beyond damo 3.3.0.</summary>
    Extension,

    /// <summary>The old form of a filter was read.</summary>
    OldForm,

    /// <summary>The kernel would refuse the value that damo sends.</summary>
    KernelRefuses,

    /// <summary>The value is not part of the printed document.</summary>
    NotInDocument,

    /// <summary>Something in a file is not known and has no effect.</summary>
    UnknownKey,
}

/// <summary>A warning about what damo does silently.</summary>
/// <param name="Code">Why.</param>
/// <param name="Message">One sentence for the person who wrote the input.</param>
/// <param name="Where">The option, or the path in the document or below the kernel's kdamonds directory.</param>
/// <param name="WordIndex">Index in argv of the word meant, or null.</param>
public sealed record Notice(NoticeCode Code, string Message, string Where, int? WordIndex = null);
