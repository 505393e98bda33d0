namespace Damon.Host;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Ok = 0;

    /// <summary>A run or a verification failed.</summary>
    public const int Failed = 1;

    /// <summary>The input was bad: one sentence on stderr says how.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted by a signal; what was done until then is printed.</summary>
    public const int Interrupted = 130;
}

/// <summary>The input was bad; the message is the one sentence for the person who gave it.</summary>
internal sealed class BadInputException(string message) : Exception(message);
