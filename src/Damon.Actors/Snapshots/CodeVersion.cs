using System.Security.Cryptography;
using Damon.Model;

namespace Damon.Actors.Snapshots;

/// <summary>
/// Names the code that simulates: what two builds of it do may differ in any bit, so a snapshot is for the build that wrote it, and a
/// run is carried on by that build alone.
/// </summary>
public static class CodeVersion
{
    /// <summary>Length of a code version, bytes.</summary>
    public const int Length = 16;

    private static readonly byte[] _current = Hash();

    /// <summary>This build's version: a hash over the identities that the compiler gave to the model and the actors.</summary>
    public static string Current { get; } = Convert.ToHexStringLower(_current);

    internal static ReadOnlySpan<byte> Bytes => _current;

    private static byte[] Hash()
    {
        Span<byte> identities = stackalloc byte[32];
        typeof(NodeId).Module.ModuleVersionId.TryWriteBytes(identities);
        typeof(CodeVersion).Module.ModuleVersionId.TryWriteBytes(identities[16..]);
        return SHA256.HashData(identities)[..Length];
    }
}
