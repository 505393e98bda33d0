namespace Damon.Model.Workloads;

/// <summary>
/// A Poisson process on the microseconds 0, 1, 2, ... for every page, that is never played: whether it has an event in an
/// interval is computed when asked, in O(log n), and any two answers are consistent.
/// </summary>
/// <remarks>
/// Time is cut into roots of 2^R us that expect about one or two events each, and every root is halved down to single
/// microseconds. Each node of these trees says only whether it holds an event. For a Poisson process that is a
/// branching process: roots are independent, and what the halves of a node that holds an event look like depends on
/// nothing else. With p the chance that a half holds an event, given that the whole does: both do with chance
/// p / (2 - p), only the left (or only the right) with chance (1 - p) / (2 - p). So each decision is one hash of
/// (seed, page, node) against a threshold, and two looks that share a node see the same. The chances are computed with
/// additions and multiplications only, which gives the same bits on every machine; a library's exp need not.
/// </remarks>
internal sealed class PoissonProcess
{
    private const int MaxLevels = 45;

    private readonly ulong _seed;
    private readonly int _rootLevel;
    private readonly ulong _rootThreshold;
    private readonly ulong[] _bothBelow;
    private readonly ulong[] _leftBelow;
    private readonly bool _silent;

    /// <param name="mean">Expected events per microsecond and page, 0..1.</param>
    /// <param name="seed">What the events follow from.</param>
    public PoissonProcess(double mean, ulong seed)
        : this(mean, OneMinusExp(mean), seed)
    {
    }

    private PoissonProcess(double mean, double chance, ulong seed)
    {
        _seed = seed;
        _silent = mean <= 0;
        _bothBelow = new ulong[MaxLevels + 1];
        _leftBelow = new ulong[MaxLevels + 1];
        while (mean < 1 && _rootLevel < MaxLevels)
        {
            double both = chance / (2 - chance);
            double left = (1 - chance) / (2 - chance);
            mean *= 2;
            chance *= 2 - chance;
            _rootLevel++;
            _bothBelow[_rootLevel] = Threshold(both);
            _leftBelow[_rootLevel] = Threshold(both + left);
        }
        _rootThreshold = Threshold(chance);
    }

    /// <summary>The same over trials 0, 1, 2, ... in place of microseconds, each of which is an event with a chance of its own.</summary>
    /// <param name="chance">The chance of a trial, 0..1.</param>
    /// <param name="seed">What the events follow from.</param>
    public static PoissonProcess OfTrials(double chance, ulong seed) => new(chance, chance, seed);

    /// <summary>Whether <paramref name="page"/> has an event in the microseconds [from, to).</summary>
    public bool AnyIn(uint page, long from, long to)
    {
        if (_silent || from >= to) return false;
        ulong key = Mix(_seed ^ Mix(page + 1UL));
        long last = (to - 1) >> _rootLevel;
        for (long root = from >> _rootLevel; root <= last; root++)
            if (Draw(key, MaxLevels + 1, root) < _rootThreshold && Search(key, _rootLevel, root, from, to))
                return true;
        return false;
    }

    /// <summary>
    /// The first event of <paramref name="page"/> in a microsecond from <paramref name="from"/> on; -1 when none comes up to
    /// <paramref name="last"/> or shortly behind it.
    /// </summary>
    public long FirstFrom(uint page, long from, long last = Memory.Frame.TimeLimitUs)
    {
        if (_silent) return -1;
        ulong key = Mix(_seed ^ Mix(page + 1UL));
        for (long root = from >> _rootLevel; root << _rootLevel <= last; root++)
        {
            if (Draw(key, MaxLevels + 1, root) >= _rootThreshold) continue;
            long found = FirstIn(key, _rootLevel, root, from);
            if (found >= 0) return found;
        }
        return -1;
    }

    /// <summary>The first event of the node, which holds at least one, from <paramref name="from"/> on, or -1.</summary>
    private long FirstIn(ulong key, int level, long index, long from)
    {
        if ((index + 1) << level <= from) return -1;
        if (level == 0) return index;
        ulong draw = Draw(key, level, index);
        bool both = draw < _bothBelow[level];
        bool left = both || draw < _leftBelow[level];
        long found = left ? FirstIn(key, level - 1, index * 2, from) : -1;
        return found < 0 && (both || !left) ? FirstIn(key, level - 1, (index * 2) + 1, from) : found;
    }

    /// <summary>Whether an event of the node, which holds at least one, lies in [from, to), which overlaps the node.</summary>
    private bool Search(ulong key, int level, long index, long from, long to)
    {
        long first = index << level;
        if (from <= first && to >= first + (1L << level)) return true;
        ulong draw = Draw(key, level, index);
        bool both = draw < _bothBelow[level];
        bool left = both || draw < _leftBelow[level];
        bool right = both || !left;
        long middle = first + (1L << (level - 1));
        return (left && from < middle && Search(key, level - 1, index * 2, from, to))
            || (right && to > middle && Search(key, level - 1, (index * 2) + 1, from, to));
    }

    private static ulong Draw(ulong key, int level, long index) => Mix(key ^ ((ulong)index << 6 | (uint)level));

    /// <summary>One step of splitmix64.</summary>
    internal static ulong Mix(ulong z)
    {
        z += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private static ulong Threshold(double chance) =>
        chance >= 1 ? ulong.MaxValue : (ulong)(chance * 18446744073709551616.0);

    /// <summary>1 - e^-x for 0 &lt;= x &lt;= 1, by its series.</summary>
    private static double OneMinusExp(double x)
    {
        double sum = 0;
        double term = x;
        for (int n = 2; n <= 24; n++)
        {
            sum += term;
            term = -term * x / n;
        }
        return sum;
    }
}
