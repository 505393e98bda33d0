using System.Text.RegularExpressions;
using Damon.Hocon.Units;
using FsCheck;
using FsCheck.Fluent;

namespace Damon.Hocon.Tests.Units;

/// <summary>The patterns that schemas publish take the texts that the units take, and no others.</summary>
public sealed class PatternProperties
{
    private static readonly string[] s_numbers = ["0", "7", "-1", "+12", "1.5", ".5", "5.", "1e3", "2.5E-3", "", "-", "1e", "x"];

    private static readonly string[] s_units =
    [
        "", "ns", "us", "ms", "s", "m", "h", "d", "nano", "nanos", "second", "days", "weeks", "parsecs",
        "b", "B", "byte", "bytes", "k", "K", "Ki", "KiB", "kB", "KB", "mB", "MB", "g", "GiB", "gib", "TB", "kilobytes", "mebibyte", "kilo",
        "%", "bp", "percent", "%%",
    ];

    private static readonly Arbitrary<string> s_texts = Arb.From(
        from before in Gen.Elements("", " ", "\t")
        from number in Gen.Elements(s_numbers)
        from between in Gen.Elements("", " ", "  ")
        from unit in Gen.Elements(s_units)
        from after in Gen.Elements("", " ")
        select before + number + between + unit + after);

    [Fact]
    public void Durations() => Same(HoconDuration.Pattern, text => HoconDuration.TryParse(text, out _));

    [Fact]
    public void Sizes() => Same(HoconSize.Pattern, text => HoconSize.TryParse(text, out _));

    /// <summary>A ratio must also be a whole number of basis points, which no pattern can tell.</summary>
    [Fact]
    public void Ratios() => Prop.ForAll(s_texts, text => !HoconRatio.TryParse(text, out _) || Regex.IsMatch(text, HoconRatio.Pattern)).QuickCheckThrowOnFailure();

    private static void Same(string pattern, Func<string, bool> parses) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(s_texts, text => Regex.IsMatch(text, pattern) == parses(text)));
}
