using System.Runtime.CompilerServices;

namespace Damon.Hocon;

/// <summary>Bounds on what a document may make of itself, so that hostile text ends in an error and not in a crash.</summary>
internal static class Nesting
{
    /// <summary>Deepest nesting of objects and arrays in a text, path elements of keys counted.</summary>
    public const int DepthMax = 1000;

    /// <summary>Most values of a resolved document, elements of an array, or characters of a joined text divided by 32.</summary>
    public const int WeightMax = 1 << 20;

    /// <summary>Throws when the stack could not take another level of recursion.</summary>
    public static void Check(HoconOrigin origin)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw TooDeep(origin);
    }

    public static HoconException TooDeep(HoconOrigin origin) =>
        new(HoconErrorKind.Parse, origin, $"objects, arrays or substitutions are nested too deep (allowed: {DepthMax} levels in a text)");

    public static HoconException TooLarge(HoconOrigin origin) =>
        new(HoconErrorKind.Other, origin, "substitutions make the document grow beyond any sensible size");
}
