namespace Damon.Store;

/// <summary>
/// Which database this is. When it differs from what a worker saw before, the database was restored or failed over: the worker
/// forgets its memory and loads again.
/// </summary>
/// <param name="Database">Changes when another database answers.</param>
/// <param name="Timeline">Grows when the same database went back in time (a restore to a point, a promoted standby).</param>
public sealed record StoreIdentity(string Database, long Timeline);
