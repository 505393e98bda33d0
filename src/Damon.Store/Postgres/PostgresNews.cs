using Npgsql;

namespace Damon.Store.Postgres;

/// <summary>Listens for the database's notifications on a connection of its own, from the first time that somebody waits for them.</summary>
/// <param name="source">Makes the connection; it is the listener's own.</param>
internal sealed class PostgresNews(NpgsqlDataSource source) : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(500);

    private readonly NewsSignal _signal = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private Task? _listening;

    public long Count => _signal.Count;

    public Task WaitAsync(long seen, TimeSpan timeout, CancellationToken ct)
    {
        lock (_lock) _listening ??= Task.Run(ListenAsync, CancellationToken.None);
        return _signal.WaitAsync(seen, timeout, ct);
    }

    private async Task ListenAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                NpgsqlConnection connection = await source.OpenConnectionAsync(_end.Token).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    connection.Notification += (_, _) => _signal.Ring();
                    NpgsqlCommand listen = new("LISTEN damon", connection);
                    await using (listen.ConfigureAwait(false)) await listen.ExecuteNonQueryAsync(_end.Token).ConfigureAwait(false);
                    // What was told before listening began is not told again: look once.
                    _signal.Ring();
                    while (true) await connection.WaitAsync(_end.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (NpgsqlException)
            {
                // Only hints are missed; those who wait look at the store anyway.
                await Task.Delay(PauseAfterFailure).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        if (_listening is { } listening) await listening.ConfigureAwait(false);
        await source.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }
}
