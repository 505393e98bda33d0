namespace Damon.Model.Monitoring;

/// <summary>
/// The feedback loop of quotas and of the intervals' auto-tuning (section 6): how much to ask for next,
/// from what was asked for last and how well that did.
/// </summary>
public static class FeedbackLoop
{
    /// <summary>The score that says that the goal is met exactly, in bp.</summary>
    public const ulong Goal = KernelArithmetic.WholeBp;

    /// <summary>The least that is ever asked for after a score above the goal.</summary>
    public const ulong Least = 10_000;

    /// <summary>
    /// Raises what was asked for in proportion to what the score lacks, up to twice the last; lowers it in
    /// proportion to what the score has too much, down to <see cref="Least"/>.
    /// </summary>
    /// <param name="last">What was asked for last.</param>
    /// <param name="score">How it did, in bp of the goal.</param>
    public static ulong Next(ulong last, ulong score)
    {
        if (score == Goal) return last;
        if (score >= 2 * Goal) return Least;

        bool over = score > Goal;
        ulong difference = over ? score - Goal : Goal - score;
        ulong compensation = last < ulong.MaxValue / difference ? last * difference / Goal : last / Goal * difference;
        if (over) return last > compensation ? Math.Max(last - compensation, Least) : Least;
        return compensation < ulong.MaxValue - last ? last + compensation : ulong.MaxValue;
    }
}
