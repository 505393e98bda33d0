using Damon.Damo.CommandLine;
using Damon.Damo.Values;

namespace Damon.Damo.Construction;

/// <summary>Deals out objects to owners in order, by options that count them such as --nr_targets (spec section 4).</summary>
internal static class Dealing
{
    /// <summary>The numbers of an option, each an index or count of at least 0.</summary>
    internal static int[] Counts(OptionUse use)
    {
        int[] counts = new int[use.Words.Count];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = use.Read(i, word =>
            {
                bool isCount = PlainNumber.TryReadInteger(word, out Number number) && number >= 0 && number <= int.MaxValue;
                return isCount ? (int)number.Truncate() : throw new DamoException($"'{word}' is out of range; allowed are whole numbers from 0");
            });
        }

        return counts;
    }

    /// <summary>How many of <paramref name="total"/> things each of the owners takes.</summary>
    /// <param name="use">The counting option, or null when it was not given.</param>
    /// <param name="owners">Number of owners.</param>
    /// <param name="total">Number of things.</param>
    /// <param name="ownerName">What the owners are.</param>
    /// <param name="thingName">What the things are.</param>
    /// <param name="option">Name of the counting option, for the message when it is missing.</param>
    internal static int[] Deal(OptionUse? use, int owners, int total, string ownerName, string thingName, string option)
    {
        if (use is null)
        {
            if (owners == 1) return [total];
            if (total == 0) return new int[owners];
            throw new DamoException(
                $"--{option} is required: it tells how many of the {total} {thingName} each of the {owners} {ownerName} takes");
        }

        int[] counts = Counts(use);
        if (counts.Length != owners)
            throw use.Refuse($"found {counts.Length} numbers, allowed is one for each of the {owners} {ownerName}");
        CheckSum(use, counts, total, thingName);
        return counts;
    }

    /// <summary>Throws unless the counts add up to the number of things.</summary>
    internal static void CheckSum(OptionUse use, int[] counts, int total, string thingName)
    {
        long sum = 0;
        foreach (int count in counts) sum += count;
        if (sum != total) throw use.Refuse($"the numbers add up to {sum}, but there are {total} {thingName}");
    }

    /// <summary>Cuts a list into consecutive parts.</summary>
    internal static List<IReadOnlyList<T>> Cut<T>(IReadOnlyList<T> items, int[] counts)
    {
        var parts = new List<IReadOnlyList<T>>(counts.Length);
        int start = 0;
        foreach (int count in counts)
        {
            parts.Add([.. items.Skip(start).Take(count)]);
            start += count;
        }

        return parts;
    }
}
