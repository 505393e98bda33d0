using Damon.Store.Faults;

namespace Damon.Store;

/// <summary>How a durable store behaves.</summary>
public sealed record StoreOptions
{
    /// <summary>How long a transaction is tried again while the database is away; then <see cref="StoreFault.Unavailable"/>.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Kills this process at a step of a transaction; by default what <c>DAMON_FAULT</c> says.</summary>
    public FaultInjection? Faults { get; init; } = FaultInjection.FromEnvironment();
}
