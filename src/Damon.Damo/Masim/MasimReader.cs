using System.Globalization;
using Damon.Damo.CommandLine;
using Damon.Damo.Document;
using Damon.Damo.Notices;
using Damon.Damo.Values;

namespace Damon.Damo.Masim;

/// <summary>
/// Reads masim's configuration files (masim spec): the first paragraph lists regions, each further one is a phase.
/// </summary>
public sealed class MasimReader
{
    private readonly string _name;
    private readonly bool _isStrict;
    private readonly ICollection<Notice> _notices;

    private MasimReader(string name, bool isStrict, ICollection<Notice> notices) => (_name, _isStrict, _notices) = (name, isStrict, notices);

    /// <summary>Reads a configuration.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="notices">Gets a notice for everything that masim itself would refuse or read otherwise.</param>
    /// <param name="isStrict">True to refuse what masim refuses, and to read numbers only where masim reads the same.</param>
    /// <exception cref="DamoException">The text is no configuration; the message starts with file and line.</exception>
    public static MasimConfiguration Read(string text, string name, ICollection<Notice> notices, bool isStrict = false) =>
        new MasimReader(name, isStrict, notices).Read(text);

    private MasimConfiguration Read(string text)
    {
        List<List<MasimLine>> paragraphs = new MasimParagraphs(_name, _isStrict, _notices).Split(text);
        if (paragraphs.Count < 2)
        {
            throw new DamoException($"{_name}: found {(paragraphs.Count == 0 ? "nothing" : "regions only")}, "
                + "allowed is a paragraph of regions and, each behind an empty line, one or more phases");
        }

        var regions = new List<MasimRegion>();
        foreach (MasimLine line in paragraphs[0]) regions.Add(ReadRegion(line, regions));
        Sequence<MasimPhase> phases = paragraphs.Skip(1).Select(lines => ReadPhase(lines, regions)).ToSequence();
        Check(paragraphs[0][0], "bytes of all regions", regions.Aggregate(Number.Zero, (sum, region) => sum + region.Bytes));
        Check(paragraphs[1][0], "time of all phases in ms", phases.Aggregate(Number.Zero, (sum, phase) => sum + phase.Milliseconds));
        return new(regions.ToSequence(), phases);
    }

    private void Check(MasimLine line, string what, Number total)
    {
        if (total > long.MaxValue) throw Refuse(line, $"the {what} is {total}, allowed is up to {long.MaxValue}");
    }

    /// <summary>name, bytes[, datafile].</summary>
    private MasimRegion ReadRegion(MasimLine line, List<MasimRegion> before)
    {
        string[] fields = Fields(line, 2, 3, "a region: name, bytes[, datafile]");
        if (before.Exists(region => region.Name == fields[0])) throw Refuse(line, $"the region '{fields[0]}' is there already; allowed are different names");
        long bytes = ReadSize(line, fields[1]);
        return bytes > 0
            ? new(fields[0], bytes, fields.Length > 2 ? fields[2] : null)
            : throw Refuse(line, $"the region '{fields[0]}' has {bytes} bytes, allowed is 1 or more");
    }

    /// <summary>A line with the name, one with the milliseconds, then patterns.</summary>
    private MasimPhase ReadPhase(List<MasimLine> lines, List<MasimRegion> regions)
    {
        if (lines.Count < 3)
            throw Refuse(lines[0], $"the phase '{lines[0].Text}' has {lines.Count} lines, allowed are a name, a time in ms, and one or more patterns");
        long milliseconds = ReadCount(lines[1], lines[1].Text.Trim(), "time in ms");
        return new(lines[0].Text.Trim(), milliseconds, lines.Skip(2).Select(line => ReadPattern(line, regions)).ToSequence());
    }

    /// <summary>region, random, stride, probability[, ro|wo|rw].</summary>
    private MasimPattern ReadPattern(MasimLine line, List<MasimRegion> regions)
    {
        string[] fields = Fields(line, 4, 5, "a pattern: region, random (0 or 1), stride, probability[, ro|wo|rw]");
        int region = regions.FindIndex(region => region.Name == fields[0]);
        if (region < 0)
        {
            string[] names = [.. regions.Select(known => known.Name)];
            throw Refuse(line, $"there is no region '{fields[0]}'; allowed is one of {string.Join(' ', names)}{Spelling.Hint(fields[0], names)}");
        }

        long random = ReadCount(line, fields[1], "random"), stride = ReadCount(line, fields[2], "stride"), weight = ReadCount(line, fields[3], "probability");
        if (random > 1) throw Refuse(line, $"random is {random}, allowed is 0 or 1");
        if (random == 0 && stride == 0) throw Refuse(line, "the stride of a walk is 0, allowed is 1 or more");
        if (weight > int.MaxValue) throw Refuse(line, $"the probability is {weight}, allowed is 0 to {int.MaxValue}");
        return new(region, random == 1, stride, (int)weight, ReadMode(line, fields.Length > 4 ? fields[4] : "wo"));
    }

    private MasimAccessMode ReadMode(MasimLine line, string word) => word switch
    {
        "wo" => MasimAccessMode.Write,
        "ro" => MasimAccessMode.Read,
        "rw" => MasimAccessMode.ReadWrite,
        _ => throw Refuse(line, $"the access mode is '{word}', allowed is ro, wo or rw"),
    };

    private string[] Fields(MasimLine line, int least, int most, string what)
    {
        string[] fields = [.. line.Text.Split(',').Select(field => field.Trim())];
        return fields.Length >= least && fields.Length <= most && fields[0].Length > 0
            ? fields
            : throw Refuse(line, $"found '{line.Text}', allowed is {what}");
    }

    /// <summary>Plain digits, or beyond masim a size with a unit: masim would read its leading digits only.</summary>
    private long ReadSize(MasimLine line, string text)
    {
        if (TryReadDigits(text, out long bytes)) return bytes;
        if (_isStrict) throw Refuse(line, $"'{text}' is no plain number of bytes, which is all that masim reads");
        Number size;
        try
        {
            size = ValueReader.Bytes(text);
        }
        catch (DamoException e)
        {
            throw new DamoException($"{_name}:{line.Number}: {e.Message}", e);
        }

        System.Numerics.BigInteger whole = size.Truncate();
        if (whole < 0 || whole > long.MaxValue) throw Refuse(line, $"'{text}' is out of range, allowed is up to {long.MaxValue} bytes");
        string leading = new([.. text.TakeWhile(char.IsAsciiDigit)]);
        _notices.Add(new(
            NoticeCode.Extension, $"'{text}' is taken as {whole} bytes, but masim itself would read {(leading.Length == 0 ? "0" : leading)}", $"{_name}:{line.Number}"));
        return (long)whole;
    }

    private long ReadCount(MasimLine line, string text, string what) =>
        TryReadDigits(text, out long count) ? count : throw Refuse(line, $"the {what} is '{text}', allowed is a whole number of 0 or more");

    private static bool TryReadDigits(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private DamoException Refuse(MasimLine line, string reason) => new($"{_name}:{line.Number}: {reason}");
}
