using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Damon.Actors.Snapshots;

/// <summary>
/// Large arrays of plain structs, such as folios and page tables, column by column: every four bytes of a struct (two or one if it is
/// not a multiple of them) are one column, and a column is stored as runs of equal steps from one number to the next. A run of pages in a
/// run of frames is then a few bytes, whatever its length.
/// </summary>
internal static class ColumnCoding
{
    /// <summary>Below this size bytes are stored as they are.</summary>
    public const int LeastBytes = 256;

    private const int CellsAtOnce = 4096;
    private const int BytesACell = 2 * PayloadWriter.LongestNumber;

    /// <summary>Writes an array's bytes.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="bytes">All of them.</param>
    /// <param name="stride">From one struct to the next, bytes.</param>
    public static void Write(PayloadWriter to, ReadOnlySpan<byte> bytes, int stride)
    {
        if (bytes.Length < LeastBytes) to.Write(bytes);
        else if (stride % sizeof(uint) == 0) Write<uint>(to, bytes, stride / sizeof(uint));
        else if (stride % sizeof(ushort) == 0) Write<ushort>(to, bytes, stride / sizeof(ushort));
        else Write<byte>(to, bytes, stride);
    }

    /// <summary>Reads an array's bytes, into zeros.</summary>
    public static void Read(PayloadReader from, Span<byte> bytes, int stride)
    {
        if (bytes.Length < LeastBytes) from.Read(bytes);
        else if (stride % sizeof(uint) == 0) Read<uint>(from, bytes, stride / sizeof(uint));
        else if (stride % sizeof(ushort) == 0) Read<ushort>(from, bytes, stride / sizeof(ushort));
        else Read<byte>(from, bytes, stride);
    }

    private static void Write<T>(PayloadWriter to, ReadOnlySpan<byte> bytes, int columns)
        where T : unmanaged
    {
        ReadOnlySpan<T> cells = MemoryMarshal.Cast<byte, T>(bytes);
        for (int column = 0; column < columns; column++)
        {
            Run run = default;
            for (int first = column; first < cells.Length; first += columns * CellsAtOnce)
            {
                Span<byte> room = to.Room(CellsAtOnce * BytesACell);
                int at = 0;
                int end = Math.Min(cells.Length, first + (columns * CellsAtOnce));
                for (int i = first; i < end; i += columns) run.Add(ToNumber(cells[i]), room, ref at);
                to.Advance(at);
            }

            to.WriteNumber(run.Length);
        }
    }

    private static void Read<T>(PayloadReader from, Span<byte> bytes, int columns)
        where T : unmanaged
    {
        Span<T> cells = MemoryMarshal.Cast<byte, T>(bytes);
        int length = cells.Length / columns;
        for (int column = 0; column < columns; column++)
        {
            uint number = 0;
            int at = 0;
            for (uint step = 0; ; step = UnZigZag(from.ReadNumber()))
            {
                int run = from.ReadCount();
                if (run > length - at) throw PayloadReader.Inconsistent();
                Fill(cells, (at * columns) + column, columns, run, ref number, step);
                at += run;
                if (at == length) break;
            }
        }
    }

    private static void Fill<T>(Span<T> cells, int first, int columns, int run, ref uint number, uint step)
        where T : unmanaged
    {
        // The cells are zeros already.
        if (step == 0 && number == 0) return;
        int end = first + (run * columns);
        for (int i = first; i < end; i += columns)
        {
            number += step;
            cells[i] = Unsafe.As<uint, T>(ref number);
        }
    }

    // The machine is little-endian: the lower bytes of a number come first.
    private static uint ToNumber<T>(T cell)
        where T : unmanaged
    {
        uint number = 0;
        Unsafe.As<uint, T>(ref number) = cell;
        return number;
    }

    /// <summary>The run of equal steps that is on.</summary>
    private struct Run
    {
        private uint _step;
        private uint _last;

        public uint Length { get; private set; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(uint number, Span<byte> room, ref int at)
        {
            uint step = number - _last;
            _last = number;
            if (step == _step)
            {
                Length++;
                return;
            }

            at = PayloadWriter.Put(room, at, Length);
            at = PayloadWriter.Put(room, at, ZigZag(step));
            _step = step;
            Length = 1;
        }
    }

    private static ulong ZigZag(uint step) => (uint)(((int)step << 1) ^ ((int)step >> 31));

    private static uint UnZigZag(ulong coded) => (uint)(coded >> 1) ^ (uint)-(int)(coded & 1);
}
