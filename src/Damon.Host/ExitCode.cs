namespace Damon.Host;

/// <summary>What the console tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>A run or a check failed.</summary>
    public const int Failed = 1;

    /// <summary>The input was bad; nothing was run.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;
}
