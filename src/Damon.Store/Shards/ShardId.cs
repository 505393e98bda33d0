using Damon.Store.Runs;

namespace Damon.Store.Shards;

/// <summary>A shard of a run: some of its hosts, always computed by one worker at a time.</summary>
/// <param name="Run">The run.</param>
/// <param name="Index">Its number in the run, from 0.</param>
public readonly record struct ShardId(RunId Run, int Index) : IComparable<ShardId>
{
    /// <inheritdoc/>
    public int CompareTo(ShardId other)
    {
        int byRun = Run.CompareTo(other.Run);
        return byRun != 0 ? byRun : Index.CompareTo(other.Index);
    }

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(ShardId left, ShardId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(ShardId left, ShardId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/> or is it.</summary>
    public static bool operator <=(ShardId left, ShardId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/> or is it.</summary>
    public static bool operator >=(ShardId left, ShardId right) => left.CompareTo(right) >= 0;

    /// <summary>For messages: <c>run 3, shard 7</c>.</summary>
    public override string ToString() => $"run {Run}, shard {Index}";
}
