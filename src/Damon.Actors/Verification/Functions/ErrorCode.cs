namespace Damon.Actors.Verification.Functions;

/// <summary>What the kernel returns where the model explains an error.</summary>
internal static class ErrorCode
{
    private const int InvalidArgument = -22;

    /// <summary>0 when there is no error, otherwise the code for an invalid argument.</summary>
    public static int Of(string? error) => error is null ? 0 : InvalidArgument;
}
