using System.Collections.Immutable;
using Damon.Actors.Runtime;
using Damon.Hocon;
using Damon.Hocon.Reading;

namespace Damon.Scenarios.Reading.Draws;

/// <summary>
/// Draws the values of a template for one of its hosts: an object with the key <c>draw</c> stands for a value of a distribution. What
/// comes out follows from the run's seed, the host's name and the path of the value alone.
/// </summary>
/// <param name="each">The keys of a draw.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="host">The host's name.</param>
internal sealed class HostDraws(EachSections each, ulong seed, string host)
{
    private const ulong MostSteps = 100_000;
    private const double GreatestWeight = 1e12;

    private static readonly string[] s_kinds = ["uniform", "normal", "lognormal", "exponential", "zipf", "choice"];

    /// <summary>Whether anything was drawn: if not, all hosts of the template are alike.</summary>
    public bool HaveDrawn { get; private set; }

    /// <summary>Whether a value is a draw.</summary>
    public static bool IsDraw(HoconCursor cursor) => cursor.Value is HoconObject fields && fields.ContainsKey("draw");

    /// <summary>The value that a draw chose; any other value is itself.</summary>
    public HoconCursor Chosen(HoconCursor cursor)
    {
        while (IsDraw(cursor))
        {
            HaveDrawn = true;
            LayeredSection draw = Open(cursor);
            if (draw.Choice("draw", s_kinds) != "choice" || Choose(draw, StreamOf(cursor)) is not { } chosen) break;
            cursor = chosen;
        }

        return cursor;
    }

    /// <summary>The number that a draw drew; any other value is itself.</summary>
    public HoconCursor Drawn(HoconCursor cursor, DrawnType type)
    {
        if (!IsDraw(cursor)) return cursor;
        double value = Read(Open(cursor), type) is { } distribution ? distribution.Draw(StreamOf(cursor)) : type.Min;
        return cursor.Instead(type.Write(value), $"{cursor.Path} of {host}");
    }

    private static HoconCursor? Choose(LayeredSection draw, RandomNumbers numbers)
    {
        IReadOnlyList<HoconCursor> values = draw.Any("values", "list of values")?.AsItems() ?? [];
        ImmutableArray<double> weights = draw.Numbers("weights", 0, GreatestWeight);
        if (values.Count == 0)
        {
            draw.Refuse("values", "at least one value");
            return null;
        }

        if (weights.IsEmpty) weights = [.. values.Select(_ => 1.0)];
        if (weights.Length == values.Count && weights.Any(weight => weight > 0)) return values[numbers.Index(weights.AsSpan())];
        draw.Refuse("weights", $"as many weights as values, {values.Count}, of which one at least is above 0");
        return null;
    }

    /// <summary>The distribution; null: it is none, which is reported.</summary>
    private static BoundedDistribution? Read(LayeredSection draw, DrawnType type)
    {
        double? from = Value(draw, "from", type.ReadIn);
        double? to = Value(draw, "to", type.ReadIn);
        double? mean = Value(draw, "mean", type.ReadIn);
        double? median = Value(draw, "median", type.ReadIn);
        double? sd = Value(draw, "sd", type.ReadSpan);
        double? step = Value(draw, "step", type.ReadSpan);
        if (from > to)
        {
            draw.Refuse("to", "not less than from");
            return null;
        }

        string kind = draw.Choice("draw", s_kinds);
        Distribution? distribution = kind switch
        {
            "uniform" when from is { } least && to is { } most => new UniformDistribution(least, most),
            "normal" when mean is { } middle && sd is { } deviation => new NormalDistribution(middle, deviation),
            "lognormal" when median is { } middle => new LognormalDistribution(middle, draw.Number("sigma", 0, 10)),
            "exponential" when mean is { } middle => new ExponentialDistribution(middle),
            "zipf" when from is { } first && to is { } last =>
                new ZipfDistribution(first, last, (int)draw.Count("steps", 1, MostSteps), draw.Number("exponent", 0, 10)),
            _ => null,
        };
        if (distribution is null)
        {
            draw.Refuse("draw", $"what {kind} needs: {Needs(kind)}");
            return null;
        }

        (double low, double high) = (from ?? type.Min, to ?? type.Max);
        return new BoundedDistribution(distribution, low, high, step ?? type.StepBetween(low, high));
    }

    private static double? Value(LayeredSection draw, string key, Func<HoconCursor, double> read) =>
        draw.Any(key, "value like that which is drawn") is { } cursor ? read(cursor) : null;

    private static string Needs(string kind) => kind switch
    {
        "normal" => "mean and sd",
        "lognormal" => "median, and sigma",
        "exponential" => "mean",
        "choice" => "values that fit here",
        _ => "from and to",
    };

    private RandomNumbers StreamOf(HoconCursor cursor) => new(Seeds.Derive(seed, host, cursor.Path, "draw"));

    private LayeredSection Open(HoconCursor cursor)
    {
        LayeredSection draw = new(cursor.AsSection(), each["draw"], each.Log);

        // All keys are known, whichever of them its kind needs.
        foreach (string key in each["draw"].Object.Keys) _ = draw.IsGiven(key) | each["draw"].Has(key);
        return draw;
    }
}
