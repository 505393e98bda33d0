namespace Damon.Model.Memory;

/// <summary>
/// Where an allocator that has been up for a while finds free memory: in runs that lie anywhere on the node. A reproducible
/// stand-in for a buddy allocator, whose largest free blocks are taken from the front and in no particular order.
/// </summary>
/// <param name="seed">Makes the places; the same seed, the same places.</param>
/// <param name="runPages">Frames from one jump to the next, at least 1; the buddy allocator's largest block has 4 MiB.</param>
public sealed class ScatteredPlaces(ulong seed, int runPages)
{
    private ulong _jumps;
    private int _left;
    private int _next;

    /// <summary>The frame from which on the next free one is looked for.</summary>
    /// <param name="nrFrames">Frames of the node.</param>
    public int Next(int nrFrames)
    {
        if (_left == 0)
        {
            _next = (int)Math.BigMul(Mix(seed + ++_jumps), (ulong)nrFrames, out _);
            _left = runPages;
        }

        _left--;
        if (_next >= nrFrames) _next = 0;
        return _next++;
    }

    /// <summary>One step of splitmix64.</summary>
    private static ulong Mix(ulong z)
    {
        z *= 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
