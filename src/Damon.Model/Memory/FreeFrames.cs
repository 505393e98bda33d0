using System.Runtime.CompilerServices;

namespace Damon.Model.Memory;

/// <summary>
/// Which frames of a node are free: finds the lowest free frame, and the lowest 2 MiB-aligned run of free frames, in a few
/// steps. Frames are numbered from the node's first; blocks of 2 MiB are aligned by frame number, so the first and
/// last may be partial and are then never a free run.
/// </summary>
internal sealed class FreeFrames
{
    private readonly FrameBitmap _frames;
    private readonly FrameBitmap _wholeBlocks;
    private readonly ushort[] _freeInBlock;
    private readonly int _blockShift;
    private readonly int _skew;

    /// <param name="frames">The number of frames, all free.</param>
    /// <param name="blockShift">log2 of the frames of an aligned block.</param>
    /// <param name="skew">How far the first frame lies behind a block's start.</param>
    public FreeFrames(int frames, int blockShift, int skew)
    {
        _blockShift = blockShift;
        _skew = skew;
        int blocks = (frames + skew + (1 << blockShift) - 1) >> blockShift;
        _frames = new FrameBitmap(frames);
        _wholeBlocks = new FrameBitmap(blocks);
        _freeInBlock = new ushort[blocks];
        Release(0, frames);
    }

    public ulong FootprintBytes =>
        _frames.FootprintBytes + _wholeBlocks.FootprintBytes + ((ulong)_freeInBlock.Length * sizeof(ushort));

    public bool IsFree(int frame) => _frames.Contains(frame);

    /// <summary>The lowest free frame at or above <paramref name="from"/>, or -1.</summary>
    public int Next(int from) => _frames.Next(from);

    /// <summary>The first frame of the lowest free block that holds <paramref name="from"/> or lies above it, or -1.</summary>
    public int NextBlock(int from)
    {
        int block = _wholeBlocks.Next((from + _skew) >> _blockShift);
        return block < 0 ? -1 : (block << _blockShift) - _skew;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(int frame)
    {
        _frames.Remove(frame);
        int block = (frame + _skew) >> _blockShift;
        if (_freeInBlock[block]-- == 1 << _blockShift) _wholeBlocks.Remove(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(int frame)
    {
        _frames.Add(frame);
        int block = (frame + _skew) >> _blockShift;
        if (++_freeInBlock[block] == 1 << _blockShift) _wholeBlocks.Add(block);
    }

    /// <summary>Takes [first, first + count), which must all be free.</summary>
    public void Take(int first, int count)
    {
        _frames.RemoveRange(first, count);
        ForEachBlock(first, count, -1);
    }

    /// <summary>Gives back [first, first + count), none of which may be free.</summary>
    public void Release(int first, int count)
    {
        _frames.AddRange(first, count);
        ForEachBlock(first, count, +1);
    }

    private void ForEachBlock(int first, int count, int sign)
    {
        int position = first + _skew;
        int end = position + count;
        while (position < end)
        {
            int block = position >> _blockShift;
            int next = Math.Min(end, (block + 1) << _blockShift);
            bool wasWhole = _freeInBlock[block] == 1 << _blockShift;
            _freeInBlock[block] = (ushort)(_freeInBlock[block] + (sign * (next - position)));
            bool isWhole = _freeInBlock[block] == 1 << _blockShift;
            if (wasWhole && !isWhole) _wholeBlocks.Remove(block);
            else if (isWhole && !wasWhole) _wholeBlocks.Add(block);
            position = next;
        }
    }
}
