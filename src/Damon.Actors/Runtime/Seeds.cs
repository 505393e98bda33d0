namespace Damon.Actors.Runtime;

/// <summary>Derives the seed of one random stream from the world's seed and the stream's name.</summary>
/// <remarks>
/// FNV-1a (64 bit) over the eight bytes of the world's seed, lowest first, then over world name, actor path and
/// purpose, each as its UTF-16 code units, low byte first, followed by the two bytes FF FF (which no text holds);
/// the result goes through the finalizer of splitmix64. Part of the contract: it must never change.
/// </remarks>
public static class Seeds
{
    private const ulong Basis = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <summary>The seed of the stream for <paramref name="purpose"/> of the actor at <paramref name="path"/>.</summary>
    public static ulong Derive(ulong seed, string world, string path, string purpose)
    {
        ulong hash = Basis;
        for (int i = 0; i < 8; i++) hash = Add(hash, (byte)(seed >> (8 * i)));
        hash = Add(hash, world);
        hash = Add(hash, path);
        hash = Add(hash, purpose);
        return Mix(hash);
    }

    /// <summary>The finalizer of splitmix64: spreads every input bit over all output bits; a bijection.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (char unit in text) hash = Add(Add(hash, (byte)unit), (byte)(unit >> 8));
        return Add(Add(hash, 0xFF), 0xFF);
    }

    private static ulong Add(ulong hash, byte value) => unchecked((hash ^ value) * Prime);
}
