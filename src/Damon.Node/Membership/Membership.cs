using Damon.Store;
using Damon.Store.Nodes;

namespace Damon.Node.Membership;

/// <summary>
/// A node's place in the cluster: joins with a fresh incarnation and renews it three times per lease. When a renewal fails or is not
/// known to have succeeded in time, the incarnation is over: the node forgets what it holds and joins anew.
/// </summary>
/// <param name="store">The cluster.</param>
/// <param name="settings">The node.</param>
internal sealed class Membership(IRunStore store, WorkerSettings settings) : IAsyncDisposable
{
    private readonly NodeLife _life = new(settings.Ttl);
    private CancellationTokenSource? _renewing;
    private PeriodicTimer? _period;
    private Task _renewals = Task.CompletedTask;

    /// <summary>This life of the node.</summary>
    public Incarnation Incarnation { get; private set; }

    /// <summary>Whether the node may compute and commit under its incarnation.</summary>
    public bool IsAlive => _life.IsAlive;

    /// <summary>Joins with a fresh incarnation.</summary>
    public async Task JoinAsync(CancellationToken ct)
    {
        await EndAsync().ConfigureAwait(false);
        Incarnation = Incarnation.New();
        long sentAt = NodeLife.Now;
        await store.JoinAsync(
            new NodeJoin
            {
                Incarnation = Incarnation,
                Name = settings.Name,
                Code = CodeVersion.Current,
                Capacity = settings.Capacity,
                Only = settings.Only,
                Ttl = settings.Ttl,
                Info = Local.WorkerInfo.Own,
            },
            ct).ConfigureAwait(false);
        _life.Renewed(sentAt);
        _renewing = new CancellationTokenSource();
        _period = new PeriodicTimer(_life.Period);
        _renewals = RenewAsync(_period, Incarnation, _renewing.Token);
    }

    /// <summary>Leaves: the node's shards are nobody's at once. A store that does not answer finds out by itself.</summary>
    public async Task LeaveAsync()
    {
        await EndAsync().ConfigureAwait(false);
        if (Incarnation == default) return;
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
            await store.LeaveAsync(Incarnation, patience.Token).ConfigureAwait(false);
        }
        catch (Exception silence) when (silence is StoreException or OperationCanceledException)
        {
            // The lease runs out.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync().ConfigureAwait(false);

    /// <summary>The incarnation must not be used any more.</summary>
    public void Lose() => _life.End();

    private async Task EndAsync()
    {
        _life.End();
        if (_renewing is null) return;
        // No more ticks; a renewal that is on its way is called off.
        _period!.Dispose();
        await _renewing.CancelAsync().ConfigureAwait(false);
        await _renewals.ConfigureAwait(false);
        _renewing.Dispose();
        _renewing = null;
    }

    private async Task RenewAsync(PeriodicTimer period, Incarnation incarnation, CancellationToken ct)
    {
        try
        {
            while (await period.WaitForNextTickAsync(CancellationToken.None).ConfigureAwait(false))
            {
                long sentAt = NodeLife.Now;
                try
                {
                    if (await store.RenewAsync(incarnation, ct).ConfigureAwait(false))
                    {
                        _life.Renewed(sentAt);
                        continue;
                    }

                    _life.End();
                    return;
                }
                catch (StoreException)
                {
                    // Unknown counts as failed; the next tick may still come in time.
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Left.
        }
    }
}
