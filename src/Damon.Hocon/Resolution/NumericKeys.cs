using Damon.Hocon.Numbers;

namespace Damon.Hocon.Resolution;

/// <summary>
/// Objects with numeric keys stand for arrays where an array is asked for (spec: conversion of numerically-indexed
/// objects).
/// </summary>
internal static class NumericKeys
{
    /// <summary>The values of the keys 0..2^31-1 in the order of their numbers, gaps closed; null when there is no such key.</summary>
    public static HoconArray? ToArray(HoconObject fields)
    {
        SortedDictionary<int, HoconValue> items = [];
        foreach (KeyValuePair<string, HoconValue> field in fields)
        {
            if (JavaNumber.TryParseInt32(field.Key, out int index) && index >= 0) items[index] = field.Value;
        }

        return items.Count == 0 ? null : new HoconArray(fields.Origin, [.. items.Values]);
    }
}
