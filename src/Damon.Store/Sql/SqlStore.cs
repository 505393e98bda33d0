using System.Diagnostics;
using Damon.Store.Nodes;
using Damon.Store.Runs;

namespace Damon.Store.Sql;

/// <summary>
/// The durable store: <see cref="IRunStore"/> in SQL. Each method is one transaction. It is tried again as a whole while the database
/// is away, and written so that doing it twice is doing it once: the answer to a COMMIT may be lost.
/// </summary>
public abstract partial class SqlStore : IRunStore
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private readonly Dialect _dialect;
    private readonly TimeSpan _patience;
    private bool _disposed;

    private protected SqlStore(Dialect dialect, StoreOptions options)
    {
        _dialect = dialect;
        _patience = options.Patience;
    }

    /// <inheritdoc/>
    public long News => _dialect.News;

    /// <inheritdoc/>
    public Task WaitForNewsAsync(long seen, TimeSpan timeout, CancellationToken ct = default) => _dialect.WaitForNewsAsync(seen, timeout, ct);

    /// <inheritdoc/>
    public Task<StoreIdentity> IdentityAsync(CancellationToken ct = default) => ReadAsync(_dialect.IdentityAsync, ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true)) return;
        await _dialect.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Brings the database to this program's schema.</summary>
    /// <exception cref="StoreException">It cannot be reached, or is of a newer schema.</exception>
    private protected Task MigrateAsync(CancellationToken ct) =>
        TryAsync(
            async () =>
            {
                await Migrations.ApplyAsync(_dialect, ct).ConfigureAwait(false);
                return true;
            },
            _patience,
            ct);

    /// <summary>Reads, each statement on its own.</summary>
    private Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken ct) => TryAsync(
        async () =>
        {
            Session session = await _dialect.OpenAsync(transaction: false, ct).ConfigureAwait(false);
            await using (session.ConfigureAwait(false)) return await work(session).ConfigureAwait(false);
        },
        _patience,
        ct);

    /// <summary>Works in a transaction and commits it.</summary>
    private Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken ct) => TryAsync(
        async () =>
        {
            Session session = await _dialect.OpenAsync(transaction: true, ct).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                T answer = await work(session).ConfigureAwait(false);
                await session.CommitAsync().ConfigureAwait(false);
                return answer;
            }
        },
        _patience,
        ct);

    private Task WriteAsync(Func<Session, Task> work, CancellationToken ct) => WriteAsync(
        async session =>
        {
            await work(session).ConfigureAwait(false);
            return true;
        },
        ct);

    private async Task<T> TryAsync<T>(Func<Task<T>> work, TimeSpan patience, CancellationToken ct)
    {
        long began = Stopwatch.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception error) when (_dialect.IsPassing(error) && Stopwatch.GetElapsedTime(began) < patience && !ct.IsCancellationRequested)
            {
                // Transactions that met each other should not meet again.
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), ct).ConfigureAwait(false);
            }
            catch (Exception error) when (_dialect.Translate(error) is { } translated)
            {
                throw translated;
            }
        }
    }

    private static long Microseconds(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static Digest DigestOf(long stored) => new(unchecked((ulong)stored));

    private static long Stored(Digest digest) => unchecked((long)digest.Value);

    private static string Stored(RunState state) => state.ToString().ToLowerInvariant();

    private static RunState StateOf(string stored) => Enum.Parse<RunState>(stored, ignoreCase: true);
}
