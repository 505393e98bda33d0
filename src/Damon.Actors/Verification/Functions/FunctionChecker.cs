using System.Text.Json;

namespace Damon.Actors.Verification.Functions;

/// <summary>Does with the model what one vector records of the kernel, and compares.</summary>
/// <param name="vector">The vector.</param>
/// <param name="comparison">Takes what the model gives.</param>
public delegate void FunctionChecker(JsonElement vector, Comparison comparison);
