namespace Damon.Scenarios.Reading.Draws;

/// <summary>A distribution of numbers.</summary>
internal abstract record Distribution
{
    /// <summary>One number.</summary>
    public abstract double Draw(RandomNumbers numbers);
}

/// <summary>All values from a least to a greatest one, each as likely.</summary>
internal sealed record UniformDistribution(double From, double To) : Distribution
{
    /// <inheritdoc/>
    public override double Draw(RandomNumbers numbers) => From + ((To - From) * numbers.Share());
}

/// <summary>Values about a mean.</summary>
internal sealed record NormalDistribution(double Mean, double Sd) : Distribution
{
    /// <inheritdoc/>
    public override double Draw(RandomNumbers numbers) => Mean + (Sd * numbers.Normal());
}

/// <summary>Values whose logarithm is normal: half of them are below the median, and a few far above.</summary>
internal sealed record LognormalDistribution(double Median, double Sigma) : Distribution
{
    /// <inheritdoc/>
    public override double Draw(RandomNumbers numbers) => Median * (float)Math.Exp(Sigma * numbers.Normal());
}

/// <summary>Values as times from one to the next of what happens at random.</summary>
internal sealed record ExponentialDistribution(double Mean) : Distribution
{
    /// <inheritdoc/>
    public override double Draw(RandomNumbers numbers) => Mean * numbers.Exponential();
}

/// <summary>Equal steps from one value to another, of which the n-th is as likely as 1 / n^exponent.</summary>
internal sealed record ZipfDistribution(double From, double To, int Steps, double Exponent) : Distribution
{
    /// <inheritdoc/>
    public override double Draw(RandomNumbers numbers)
    {
        double[] weights = new double[Steps];
        for (int i = 0; i < Steps; i++) weights[i] = (float)Math.Pow(i + 1, -Exponent);
        return From + ((To - From) * numbers.Index(weights) / Math.Max(1, Steps - 1));
    }
}

/// <summary>Another distribution between bounds, in steps: what lies outside is drawn again.</summary>
internal sealed record BoundedDistribution(Distribution Of, double From, double To, double Step) : Distribution
{
    private const int MostTries = 1_000;

    /// <inheritdoc/>
    public override double Draw(RandomNumbers numbers)
    {
        double value = Of.Draw(numbers);
        for (int tries = 1; tries < MostTries && (value < From || value > To); tries++) value = Of.Draw(numbers);
        value = Math.Clamp(value, From, To);
        if (Step <= 0) return value;
        value = Math.Round(value / Step) * Step;
        if (value < From) value = Math.Ceiling(From / Step) * Step;
        return value > To ? Math.Floor(To / Step) * Step : value;
    }
}
