using Damon.Model.Monitoring;

namespace Damon.Model.Tests.Monitoring;

/// <summary>What hits say of a region, against the binomial distribution that they have.</summary>
public sealed class ProbeEstimateTests
{
    [Theory]
    [InlineData(0, 20, 0, 0.046577)]
    [InlineData(5, 20, 0.25, 0.099586)]
    [InlineData(20, 20, 1, 0.046577)]
    [InlineData(128, 255, 128.0 / 255, 0.031311)]
    public void The_share_of_hits_is_the_share_of_the_bytes(byte hits, ulong samples, double share, double error)
    {
        ProbeEstimate estimate = ProbeEstimate.Of(hits, samples, 1_000_000)!.Value;

        Assert.Equal(share * 1e6, estimate.Bytes, 1e-3);
        Assert.Equal(error * 1e6, estimate.StandardErrorBytes, 1.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    [InlineData(10_000)]
    public void Counters_that_may_have_wrapped_say_nothing(ulong samples) => Assert.Null(ProbeEstimate.Of(7, samples, 4096));

    /// <summary>For each true share, all outcomes of 20 samples with their exact probabilities.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    public void The_truth_is_within_two_standard_errors_as_often_as_it_should_be(int samples)
    {
        double sum = 0;
        for (int percent = 0; percent <= 100; percent++)
        {
            double share = percent / 100.0;
            double within = 0;
            double mean = 0;
            for (int hits = 0; hits <= samples; hits++)
            {
                double probability = Binomial(samples, hits, share);
                ProbeEstimate estimate = ProbeEstimate.Of((byte)hits, (ulong)samples, 1)!.Value;
                mean += probability * estimate.Bytes;
                if (Math.Abs(estimate.Bytes - share) <= 2 * estimate.StandardErrorBytes) within += probability;
            }

            Assert.Equal(share, mean, 1e-9);
            sum += within;
            Assert.True(within >= 0.85, $"with a share of {share:0.00}, only {within:0.000} of the cases are within two standard errors");
        }

        Assert.InRange(sum / 101, 0.94, 0.98);
    }

    private static double Binomial(int samples, int hits, double share)
    {
        double probability = Math.Pow(share, hits) * Math.Pow(1 - share, samples - hits);
        for (int i = 1; i <= hits; i++) probability *= (double)(samples - hits + i) / i;
        return probability;
    }
}
