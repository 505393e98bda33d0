namespace Damon.Model.Monitoring;

/// <summary>What the hits of a probe say of a region: how many of its bytes have the attribute.</summary>
/// <param name="Bytes">The estimate, bytes.</param>
/// <param name="StandardErrorBytes">Its standard error as far as the snapshot shows it, bytes.</param>
public readonly record struct ProbeEstimate(double Bytes, double StandardErrorBytes)
{
    /// <summary>
    /// The estimate from the hits of one aggregation: the share of the samples that hit. The standard error of a share p of n samples
    /// is sqrt(p (1 - p) / n). There p is (hits + 1) / (n + 2), the rule of succession, because no hit in n samples
    /// does not prove that there is nothing.
    /// </summary>
    /// <param name="hits">The hits, 0..255.</param>
    /// <param name="samples">The samples in the aggregation.</param>
    /// <param name="bytes">The length of the region, bytes.</param>
    /// <returns>Null when nothing can be said: no samples, or so many that the 8-bit counters may have wrapped.</returns>
    public static ProbeEstimate? Of(byte hits, ulong samples, ulong bytes)
    {
        if (samples is 0 or > byte.MaxValue) return null;
        double share = Math.Min(1, (double)hits / samples);
        double likely = (hits + 1.0) / (samples + 2.0);
        return new ProbeEstimate(share * bytes, bytes * Math.Sqrt(likely * (1 - likely) / samples));
    }
}
