namespace Damon.Actors.Verification.Functions;

/// <summary>What came out of one recorded vector.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Function">The kernel's function, empty when the file does not say.</param>
/// <param name="Index">The vector's place in the file, from 0; -1 when the file as a whole failed.</param>
/// <param name="Difference">The first difference, or null when the vector passed.</param>
public sealed record VectorResult(string File, string Function, int Index, Difference? Difference)
{
    /// <summary>Whether the model did what the kernel did.</summary>
    public bool Passed => Difference is null;

    /// <summary>One sentence that names file, vector, field, expected and found.</summary>
    public string Message => Passed
        ? $"{File}: vector {Index} of {Function} passed"
        : Index < 0 ? $"{File}: {Difference}" : $"{File}: vector {Index} of {Function}: {Difference}";
}
