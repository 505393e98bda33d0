using Damon.Store;

namespace Damon.Node.Shards;

/// <summary>A fleet counts its windows from 0; the store counts them from 1, so that 0 can stand for "none yet".</summary>
internal static class Windows
{
    /// <summary>The fleet's number of a stored window.</summary>
    public static long OfFleet(Window window) => window.Number - 1;
}
