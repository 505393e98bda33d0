using Damon.Damo;
using Damon.Hocon;

namespace Damon.Host;

/// <summary>The user's input cannot be used; the message is one sentence that says why.</summary>
internal sealed class BadInputException(string message) : Exception(message);

/// <summary>Tells bad input from failures of our own.</summary>
internal static class BadInput
{
    /// <summary>The sentence for the user; null: this is no bad input.</summary>
    public static string? Sentence(Exception failure) => failure switch
    {
        BadInputException or DamoException or HoconException => failure.Message,
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or IOException => failure.Message,
        _ => null,
    };
}
