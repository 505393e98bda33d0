using System.Diagnostics;
using System.Globalization;

namespace Damon.Store.Faults;

/// <summary>
/// Kills this process (SIGKILL) at a step of a transaction, when the environment says so: <c>DAMON_FAULT=Point:n</c> means at the
/// n-th time that the point is reached. Without it, nothing ever happens.
/// </summary>
public sealed class FaultInjection
{
    /// <summary>Name of the environment variable.</summary>
    public const string Variable = "DAMON_FAULT";

    private readonly FaultPoint _point;
    private readonly Action _kill;
    private long _left;

    private FaultInjection(FaultPoint point, long times, Action kill)
    {
        _point = point;
        _left = times;
        _kill = kill;
    }

    /// <summary>What the environment of this process asks for.</summary>
    /// <exception cref="ArgumentException">The variable's text is none of the allowed ones.</exception>
    public static FaultInjection? FromEnvironment() => Parse(Environment.GetEnvironmentVariable(Variable), KillMyself);

    /// <summary>Reads <c>Point:n</c>; null for no text.</summary>
    /// <exception cref="ArgumentException">The text is none of the allowed ones.</exception>
    internal static FaultInjection? Parse(string? text, Action kill)
    {
        if (string.IsNullOrEmpty(text)) return null;
        string[] parts = text.Split(':');
        if (parts.Length == 2
            && Enum.TryParse(parts[0], out FaultPoint point) && Enum.IsDefined(point) && Enum.GetName(point) == parts[0]
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long times) && times > 0)
        {
            return new FaultInjection(point, times, kill);
        }

        throw new ArgumentException(
            $"{Variable}: found '{text}', allowed: POINT:N with N from 1 and POINT one of {string.Join(", ", Enum.GetNames<FaultPoint>())}");
    }

    /// <summary>Whether the process may die at this point: then what was sent before it must have reached the database.</summary>
    public bool IsArmed(FaultPoint point) => point == _point;

    /// <summary>The point is reached.</summary>
    public void Reached(FaultPoint point)
    {
        if (point == _point && Interlocked.Decrement(ref _left) == 0) _kill();
    }

    private static void KillMyself()
    {
        using Process self = Process.GetCurrentProcess();
        self.Kill();
        // The signal needs no more of us, but nothing may run on meanwhile.
        Thread.Sleep(Timeout.Infinite);
    }
}
