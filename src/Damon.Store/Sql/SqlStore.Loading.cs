using System.Data.Common;
using System.Runtime.CompilerServices;
using Damon.Store.Runs;
using Damon.Store.Shards;

namespace Damon.Store.Sql;

// What was committed. Whatever has a checksum is checked before anybody sees it.
public abstract partial class SqlStore
{
    private const int ResultsPerPage = 64;

    /// <inheritdoc/>
    public Task<Checkpoint?> FindCheckpointAsync(ShardId shard, Window? atOrBefore = null, CancellationToken ct = default) => ReadAsync(
        async session => (await session.QueryAsync(
            """
            SELECT after_window, codec, digest, bytes, checksum FROM checkpoint
            WHERE run = $1 AND shard = $2 AND after_window <= $3 ORDER BY after_window DESC LIMIT 1
            """,
            reader =>
            {
                Checkpoint checkpoint = new(
                    new Window(reader.GetInt64(0)), reader.GetString(1), DigestOf(reader.GetInt64(2)), reader.GetFieldValue<byte[]>(3));
                Checksum.Check(reader.GetInt64(4), CheckpointChecksum(shard, checkpoint), $"{shard}, window {checkpoint.Window}, checkpoint");
                return checkpoint;
            },
            shard.Run.Value, (long)shard.Index, (atOrBefore ?? new Window(long.MaxValue)).Number).ConfigureAwait(false)).FirstOrDefault(),
        ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Mail>> ReadMailAsync(
        RunId run, Window first, Window last, IReadOnlyCollection<int> destinations, CancellationToken ct = default) => ReadAsync<IReadOnlyList<Mail>>(
        async session =>
        {
            try
            {
                return await session.QueryAsync(
                    $$"""
                    SELECT sent_window, destination, source, bytes, checksum FROM {{_dialect.MailTable(run)}}
                    WHERE run = $1 AND sent_window BETWEEN $2 AND $3 AND destination IN ({each $4})
                    ORDER BY sent_window, destination, source
                    """,
                    reader => ReadMail(run, reader),
                    run.Value, first.Number, last.Number, destinations.Select(shard => (long)shard).ToArray()).ConfigureAwait(false);
            }
            catch (Exception error) when (_dialect.IsMissingTable(error))
            {
                // A free run, or none.
                return [];
            }
        },
        ct);

    /// <summary>A packet whose window, destination, source, bytes and checksum are in columns from <paramref name="at"/> on.</summary>
    private static Mail ReadMail(RunId run, DbDataReader reader, int at = 0)
    {
        Mail mail = new(
            new Window(reader.GetInt64(at)), (int)reader.GetInt64(at + 1), (int)reader.GetInt64(at + 2), reader.GetFieldValue<byte[]>(at + 3));
        Checksum.Check(
            reader.GetInt64(at + 4), MailChecksum(run, mail), $"run {run}, shard {mail.Destination}, window {mail.Window}, mail from shard {mail.Source}");
        return mail;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WindowDigest>> ReadDigestsAsync(ShardId shard, Window after, CancellationToken ct = default) =>
        ReadAsync<IReadOnlyList<WindowDigest>>(
            async session => await session.QueryAsync(
                "SELECT after_window, digest FROM window_digest WHERE run = $1 AND shard = $2 AND after_window > $3 ORDER BY after_window",
                reader => new WindowDigest(new Window(reader.GetInt64(0)), DigestOf(reader.GetInt64(1))),
                shard.Run.Value, (long)shard.Index, after.Number).ConfigureAwait(false),
            ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ShardResult> ReadResultsAsync(
        RunId run, ResultSelection? selection = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        (string Table, int Shard, Window First) last = ("", -1, Window.None);
        List<ShardResult> page;
        do
        {
            (string Table, int Shard, Window First) after = last;
            page = await ReadAsync(
                session => session.QueryAsync(
                    """
                    SELECT name, shard, first_window, last_window, digest, bytes, checksum FROM result
                    WHERE run = $1 AND (name, shard, first_window) > ($2, $3, $4) AND ($5 OR name = $6) AND ($7 OR shard = $8)
                    ORDER BY name, shard, first_window LIMIT $9
                    """,
                    reader => ReadResult(run, reader),
                    run.Value, after.Table, (long)after.Shard, after.First.Number,
                    selection?.Table is null, selection?.Table ?? "", selection?.Shard is null, (long)(selection?.Shard ?? 0), (long)ResultsPerPage),
                ct).ConfigureAwait(false);
            foreach (ShardResult result in page)
            {
                yield return result;
                last = (result.Chunk.Table, result.Shard, result.Chunk.First);
            }
        }
        while (page.Count == ResultsPerPage);
    }

    private static ShardResult ReadResult(RunId run, DbDataReader reader)
    {
        ResultChunk chunk = new(
            reader.GetString(0), new Window(reader.GetInt64(2)), new Window(reader.GetInt64(3)), DigestOf(reader.GetInt64(4)),
            reader.GetFieldValue<byte[]>(5));
        ShardId shard = new(run, (int)reader.GetInt64(1));
        Checksum.Check(
            reader.GetInt64(6), ResultChecksum(shard, chunk), $"{shard}, windows {chunk.First} to {chunk.Last}, results {chunk.Table}");
        return new ShardResult(shard.Index, chunk);
    }
}
