using System.Numerics;
using System.Runtime.CompilerServices;

namespace Damon.Model.Memory;

/// <summary>
/// A set of frame (or block) numbers that finds its lowest member at or above a number in a few steps: a tree of 64-bit
/// words, where a bit of an upper word says that the word below it is not empty.
/// </summary>
internal sealed class FrameBitmap
{
    private readonly ulong[][] _levels;

    public FrameBitmap(int length)
    {
        Length = length;
        var levels = new List<ulong[]>();
        int words = length;
        do
        {
            words = (words + 63) >> 6;
            levels.Add(new ulong[Math.Max(words, 1)]);
        }
        while (words > 1);
        _levels = [.. levels];
    }

    /// <summary>Members are below this.</summary>
    public int Length { get; }

    public ulong FootprintBytes
    {
        get
        {
            ulong bytes = 0;
            foreach (ulong[] level in _levels) bytes += (ulong)level.Length * sizeof(ulong);
            return bytes;
        }
    }

    public bool Contains(int index) => (_levels[0][index >> 6] >> index & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int index)
    {
        foreach (ulong[] level in _levels)
        {
            ref ulong word = ref level[index >> 6];
            bool wasEmpty = word == 0;
            word |= 1UL << index;
            if (!wasEmpty) return;
            index >>= 6;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int index)
    {
        foreach (ulong[] level in _levels)
        {
            ref ulong word = ref level[index >> 6];
            word &= ~(1UL << index);
            if (word != 0) return;
            index >>= 6;
        }
    }

    /// <summary>Adds the members [first, first + count).</summary>
    public void AddRange(int first, int count)
    {
        int end = first + count;
        for (int i = first; i < end;)
        {
            if ((i & 63) == 0 && end - i >= 64)
            {
                Add(i);
                _levels[0][i >> 6] = ulong.MaxValue;
                i += 64;
            }
            else Add(i++);
        }
    }

    /// <summary>Removes the members [first, first + count).</summary>
    public void RemoveRange(int first, int count)
    {
        int end = first + count;
        for (int i = first; i < end;)
        {
            if ((i & 63) == 0 && end - i >= 64)
            {
                _levels[0][i >> 6] = 1;
                Remove(i);
                i += 64;
            }
            else Remove(i++);
        }
    }

    /// <summary>The lowest member at or above <paramref name="from"/>, or -1.</summary>
    public int Next(int from)
    {
        if (from >= Length) return -1;
        int index = from;
        for (int depth = 0; depth < _levels.Length; depth++)
        {
            ulong[] level = _levels[depth];
            int at = index >> 6;
            if (at >= level.Length) return -1;
            ulong word = level[at] & (ulong.MaxValue << index);
            if (word != 0) return Descend(depth, (at << 6) + BitOperations.TrailingZeroCount(word));
            index = at + 1;
        }
        return -1;
    }

    private int Descend(int depth, int index)
    {
        while (--depth >= 0) index = (index << 6) + BitOperations.TrailingZeroCount(_levels[depth][index]);
        return index;
    }
}
