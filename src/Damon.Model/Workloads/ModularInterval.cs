namespace Damon.Model.Workloads;

/// <summary>Where the multiples of a number first fall into an interval of remainders.</summary>
internal static class ModularInterval
{
    /// <summary>
    /// The smallest x >= 0 with <c>low &lt;= step * x mod modulus &lt;= high</c>, or -1 when there is none; in
    /// O(log modulus), as in Euclid's algorithm. Needs 0 &lt;= low &lt;= high &lt; modulus and 0 &lt;= step &lt; modulus.
    /// </summary>
    public static long FirstMultiple(long step, long modulus, long low, long high)
    {
        if (low == 0) return 0;
        if (step == 0) return -1;

        // Going up by more than half the circle is going down by less than half.
        if (step > modulus - step) return FirstMultiple(modulus - step, modulus, modulus - high, modulus - low);

        long direct = low + ((step - (low % step)) % step);
        if (direct <= high) return direct / step;

        // No multiple lies in [low, high] itself, so the circle is gone round first: find the fewest rounds after which one does.
        long beyond = modulus % step;
        long rounds = FirstMultiple(beyond == 0 ? 0 : step - beyond, step, low % step, high % step);
        if (rounds < 0) return -1;
        UInt128 target = (UInt128)(ulong)low + ((UInt128)(ulong)modulus * (ulong)rounds);
        return (long)(ulong)((target + (ulong)step - 1) / (ulong)step);
    }
}
