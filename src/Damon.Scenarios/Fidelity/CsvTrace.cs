using System.Collections.Immutable;
using System.Globalization;

namespace Damon.Scenarios.Fidelity;

/// <summary>Reads the measurements of a real kernel: comma-separated numbers below a line of names, the first being the time.</summary>
public static class CsvTrace
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line has another number of fields than the first, or a field is no number.</exception>
    public static Trace Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] names = lines[0].Split(',');
        var columns = names.Select(_ => ImmutableArray.CreateBuilder<double>(lines.Length)).ToArray();
        for (int i = 1; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split(',');
            if (fields.Length != names.Length)
                throw new FormatException($"{path}:{i + 1}: found {fields.Length} fields, expected {names.Length}");
            for (int j = 0; j < fields.Length; j++) columns[j].Add(Number(fields[j], path, i + 1));
        }

        var byName = names.Zip(columns).ToImmutableDictionary(
            column => column.First, column => column.Second.ToImmutable(), StringComparer.Ordinal);
        return new Trace(byName[names[0]], byName);
    }

    private static double Number(string field, string path, int line) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new FormatException($"{path}:{line}: found '{field}', expected a number");
}
