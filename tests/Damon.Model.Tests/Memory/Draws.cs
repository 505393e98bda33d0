namespace Damon.Model.Tests.Memory;

/// <summary>A small stream of choices that follows from one number, so that FsCheck can shrink lists of such numbers.</summary>
internal sealed class Draws(int seed)
{
    private ulong _state = (ulong)seed * 0x9e3779b97f4a7c15;

    public ulong Next()
    {
        ulong z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, limit).</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public bool OneIn(int n) => Below(n) == 0;
}
