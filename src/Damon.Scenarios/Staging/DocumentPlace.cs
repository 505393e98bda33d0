using Damon.Hocon;

namespace Damon.Scenarios.Staging;

/// <summary>Finds where in a scenario a value of damo's document is that is written there as HOCON.</summary>
internal static class DocumentPlace
{
    /// <summary>The place of the value that a path leads to, or of the last one on the way that is there.</summary>
    /// <param name="root">Where the path begins.</param>
    /// <param name="path">The path, such as <c>[0].contexts[1].ops</c>.</param>
    public static HoconOrigin Of(HoconValue root, string path)
    {
        HoconValue at = root;
        foreach (string step in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Next(at, step) is not { } next) break;
            at = next;
        }

        return at.Origin;
    }

    private static HoconValue? Next(HoconValue value, string step) => value switch
    {
        HoconObject fields => fields.GetValueOrDefault(step),
        HoconArray items when int.TryParse(step.TrimEnd(']'), out int index) && index < items.Count => items[index],
        _ => null,
    };
}
