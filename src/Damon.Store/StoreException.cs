namespace Damon.Store;

/// <summary>What a store can fail with, beyond answers that a caller expects.</summary>
public enum StoreFault
{
    /// <summary>The database cannot be reached, or did not answer in time. Whether the last transaction took effect is unknown.</summary>
    Unavailable,

    /// <summary>Stored bytes are not those that were written. The message names run, shard and window.</summary>
    Corrupt,

    /// <summary>The database's schema is of another version than this program's, or not one of this program at all.</summary>
    Schema,

    /// <summary>The connection string or path is not one, or access is refused.</summary>
    Access,
}

/// <summary>A store could not do its work. The message is one sentence without secrets.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Makes an error with its sentence.</summary>
    public StoreException(StoreFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>What kind of failure it is.</summary>
    public StoreFault Fault { get; }
}
