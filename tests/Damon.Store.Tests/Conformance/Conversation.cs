using Damon.Store.Commands;
using Damon.Store.Nodes;
using Damon.Store.Runs;
using Damon.Store.Shards;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Conformance;

/// <summary>An operation: what it is about, and numbers that choose among what is there when it comes to it.</summary>
internal readonly record struct Operation(int Kind, int A, int B, int C);

/// <summary>
/// Says the same operations to several stores and compares every answer with the first store's. What an operation works on
/// (a run, a worker, its leases) is remembered from the first store's answers, right or outdated, so that shortened sequences still
/// make sense and stale writers come up by themselves.
/// </summary>
internal sealed class Conversation(IReadOnlyList<TestStore> stores)
{
    private readonly List<RunSubmission> _submissions = [];
    private readonly List<RunId> _runs = [];
    private readonly List<(NodeJoin Join, IReadOnlyList<ShardLease> Leases)> _workers = [];
    private readonly List<CommandRequest> _commands = [];

    public const int Kinds = 45;

    /// <summary>How often what came up, for a test that sequences get anywhere.</summary>
    public Dictionary<string, int> Seen { get; } = [];

    private void Count(string what) => Seen[what] = Seen.GetValueOrDefault(what) + 1;

    /// <summary>Null when all stores answer alike to the end; else what was answered differently.</summary>
    public async Task<string?> DifferenceAsync(IReadOnlyList<Operation> operations)
    {
        for (int i = 0; i < operations.Count; i++)
        {
            string expected = await AnswerAsync(stores[0], operations[i], isFirst: true);
            foreach (TestStore other in stores.Skip(1))
            {
                string found = await AnswerAsync(other, operations[i], isFirst: false);
                if (found != expected)
                    return $"operation {i} of {operations.Count}, {operations[i]}\n{stores[0].Kind}: {expected}\n{other.Kind}: {found}";
            }

            _remember?.Invoke();
            _remember = null;
        }

        return null;
    }

    /// <summary>What the first store's answer adds to memory, once all stores were asked.</summary>
    private Action? _remember;

    private async Task<string> AnswerAsync(TestStore test, Operation operation, bool isFirst)
    {
        try
        {
            return await SayAsync(test, operation, isFirst);
        }
        catch (ArgumentException)
        {
            return "bad argument";
        }
    }

    private RunId Run(int choice) => _runs.Count == 0 ? new RunId(99) : _runs[^(1 + choice % Math.Min(3, _runs.Count))];

    private int Worker(int choice) => _workers.Count - 1 - choice % Math.Min(3, _workers.Count);

    private async Task<string> SayAsync(TestStore test, Operation op, bool isFirst)
    {
        IRunStore store = test.Store;
        (int kind, int a, int b, int c) = op;
        RunId run = Run(a);
        // What moves a run on comes up more often than the rest.
        if (kind is >= 30 and < 40) kind = 18;
        if (kind >= 40) kind = 25;
        if (_workers.Count == 0 && kind is >= 11 and <= 24) kind = 10;
        if (kind == 10 && _workers.Count > 2 && a % 3 > 0) kind = 13;
        if (kind is >= 18 and <= 24 && !_workers.Any(worker => worker.Leases.Count > 0)) kind = 13;
        switch (kind)
        {
            case 0 or 1:
                return await SubmitAsync(store, op, isFirst);
            case 2:
                return Answers.Text(await store.FindRunAsync(run)) + Answers.Text(await store.ReadScenarioAsync(run));
            case 3:
                return Answers.All(await store.ListRunsAsync(1 + b % 4, b % 3 == 0 ? null : b % 3 == 1 ? RunState.Running : RunState.Stopped), Answers.Text);
            case 4:
                return (await store.ProgressAsync(run))?.ToString() ?? "none";
            case 5:
                return (await store.ChangeStateAsync(run, b % 7 > 4 ? RunState.Running : (RunState)(b % 7))).ToString();
            case 6:
                return (await store.FinishAsync(run, new Digest((ulong)(b % 2)), "well")).ToString();
            case 7:
                return c % 6 > 0 ? "" : (await store.FailAsync(run, "badly")).ToString();
            case 8:
                return (await store.PruneAsync(run)).ToString();
            case 9:
                return Answers.All(await store.ListShardsAsync(b % 3 == 0 ? null : run), Answers.Text);
            case 10:
                return await JoinAsync(store, op, isFirst);
            case 11:
                return (await store.RenewAsync(_workers[Worker(b)].Join.Incarnation)).ToString();
            case 12:
                if (c % 8 == 0) await store.EvictAsync(_workers[Worker(b)].Join.Incarnation);
                if (c % 8 == 1) await test.ExpireAsync(_workers[Worker(b)].Join.Incarnation);
                return Answers.All((await store.ListNodesAsync()).OrderBy(node => node.Incarnation.Value), Answers.Text);
            case 13 or 14 or 15:
                return await ClaimAsync(store, op, isFirst);
            case 16:
                return Answers.All(await store.SurplusAsync(_workers[Worker(b)].Join.Incarnation), Answers.Text);
            case 17:
                (NodeJoin join, IReadOnlyList<ShardLease> leases) = _workers[Worker(b)];
                await store.ReleaseAsync(join.Incarnation, [.. leases.Take(c % 4)]);
                return Answers.All(await store.ListShardsAsync(), Answers.Text);
            case >= 18 and <= 24:
                return await CommitAsync(store, op, isFirst);
            case 25 or 26:
                return await OpenAsync(store, op, isFirst);
            case 27:
                return await SendAsync(store, op, isFirst);
            case 28:
                return await ReadShardAsync(store, op);
            default:
                return await ReadRunAsync(store, op);
        }
    }

    private async Task<string> SubmitAsync(IRunStore store, Operation op, bool isFirst)
    {
        bool again = op.B % 4 == 0 && _submissions.Count > 0;
        if (isFirst)
        {
            RunSubmission submission = again
                ? _submissions[op.A % _submissions.Count]
                : Samples.Submission(op.C % 3 > 0, 16 + op.A % 5, 1 + op.B % 200, code: op.C % 8 == 0 ? "v2" : "v1");
            _next = submission;
        }

        RunId run = await store.SubmitAsync(_next!);
        _remember = () =>
        {
            if (again) return;
            _submissions.Add(_next!);
            _runs.Add(run);
        };
        return run.ToString();
    }

    private RunSubmission? _next;

    private async Task<string> JoinAsync(IRunStore store, Operation op, bool isFirst)
    {
        if (isFirst)
            _joining = Samples.Worker($"w{op.A % 3}", op.B % 8 == 0 ? "v2" : "v1", 1 + op.C % 40) with { Only = op.A % 6 == 0 ? Run(op.B) : null };
        await store.JoinAsync(_joining!);
        _remember = () => _workers.Add((_joining!, []));
        return "";
    }

    private NodeJoin? _joining;

    private async Task<string> ClaimAsync(IRunStore store, Operation op, bool isFirst)
    {
        int worker = Worker(op.B);
        RunId[] refused = op.C % 5 == 0 ? [Run(op.A)] : [];
        IReadOnlyList<ShardLease> leases = await store.ClaimAsync(_workers[worker].Join.Incarnation, op.C % 24, refused);
        // Sometimes the worker misses the answer, and goes on with what it believed to hold.
        if (isFirst && op.A % 5 > 0) _remember = () => _workers[worker] = (_workers[worker].Join, leases);
        if (isFirst && leases.Any(lease => lease.Epoch > 1)) Count("claimed again");
        return Answers.All(leases, Answers.Text);
    }

    private async Task<string> CommitAsync(IRunStore store, Operation op, bool isFirst)
    {
        int[] holders = [.. _workers.Index().Where(one => one.Item.Leases.Count > 0).Select(one => one.Index)];
        int worker = holders[^(1 + op.B % Math.Min(3, holders.Length))];
        (NodeJoin join, IReadOnlyList<ShardLease> leases) = _workers[worker];
        // Mostly all that the worker believes to hold, else a part; mostly one window, else none or several.
        List<ShardLease> some = [.. leases.Where((_, i) => op.A % 4 > 0 || (i + op.C) % 3 == 0)];
        int windows = (op.C % 8) switch { 6 => 0, 7 => 3, _ => 1 };
        List<ShardCommit> commits = [.. some.Select(lease => Fill(Samples.Commit(lease, windows), op, windows))];
        (CommitAnswer answer, string turn) = await CommitAsync(store, op, join.Incarnation, commits);
        if (isFirst) Count(commits.Count == 0 ? "empty" : answer.IsCommitted ? "committed" : answer.Lost.Count < commits.Count ? "partly lost" : "lost");
        if (isFirst && answer.IsCommitted && some.Any(lease => lease.DoneWindow.Number > 5)) Count("deep");
        if (isFirst && !answer.IsCommitted && op.A % 7 > 1)
            _remember = () => _workers[worker] = (join, [.. leases.Where(lease => !answer.Lost.Contains(lease.Shard))]);
        if (isFirst && answer.IsCommitted && op.A % 7 > 0)
        {
            // Sometimes (A % 7 = 0) the worker misses the answer.
            _remember = () => _workers[worker] =
                (join, [.. leases.Select(lease => commits.Find(commit => commit.Shard == lease.Shard)?.After ?? lease)]);
        }

        if (isFirst && turn.Contains("mail", StringComparison.Ordinal)) Count("turned");
        return $"{answer.IsCommitted} {string.Join(", ", answer.Lost)} {turn}";
    }

    /// <summary>Commits alone, or with the barrier of a run behind it.</summary>
    private async Task<(CommitAnswer Answer, string Turn)> CommitAsync(IRunStore store, Operation op, Incarnation me, List<ShardCommit> commits)
    {
        RunId run = commits.Count > 0 ? commits[0].Shard.Run : Run(op.B);
        if (op.B % 3 == 0 || !_submissions[_runs.IndexOf(run)].Coupled) return (await store.CommitAsync(me, commits), "");
        Window done = op.B % 3 == 1 || commits.Count == 0 ? (await store.ProgressAsync(run))?.OpenWindow ?? Window.None : commits[0].To;
        (CommitAnswer answer, RunTurn? turn) = await store.CommitTurnAsync(me, run, commits, done, [.. commits.Select(commit => commit.Shard.Index)]);
        return (answer, await TextAsync(store, run, turn));
    }

    private static async Task<string> TextAsync(IRunStore store, RunId run, RunTurn? turn)
    {
        if (turn is null) return "no run";
        // Mail that all shards are beyond may be gone or not.
        Window done = (await store.FindRunAsync(run))!.DoneWindow;
        string mail = turn.Progress.OpenWindow > done ? Answers.All(turn.Mail, Answers.Text) : "";
        return $"{turn.Progress}{(mail.Length > 0 ? " mail " : "")}{mail}";
    }

    private ShardCommit Fill(ShardCommit commit, Operation op, int windows)
    {
        bool coupled = _submissions[_runs.IndexOf(commit.Shard.Run)].Coupled;
        int index = commit.Shard.Index;
        return commit with
        {
            Mail = windows == 1 && coupled
                ? [.. Enumerable.Range(0, (op.A + index) % 3).Select(i => new MailPacket((index + i * 7) % 16, Samples.Bytes($"mail {commit.To} {index} {i}")))]
                : [],
            ResultsTo = (op.A + index) % 4 == 1 && (op.B + op.C) % 3 != 0 ? commit.ResultsFrom : commit.To,
            // Of no window, it is refused.
            Results = (op.A + index) % 2 == 0
                ? [new ResultChunk($"t{op.C % 2}", commit.ResultsFrom.Next, commit.To, new Digest((ulong)index), Samples.Bytes($"rows {commit.To}"))]
                : [],
            Applied = windows > 0 && op.C % 3 == 0 ? [3, 1, 2] : [],
            Checkpoint = (op.B + op.C) % 3 == 0
                ? new Checkpoint(commit.To, "plain/1", new Digest(ulong.MaxValue - (ulong)index), Samples.Bytes($"state {commit.To}"))
                : null,
        };
    }

    private async Task<string> OpenAsync(IRunStore store, Operation op, bool isFirst)
    {
        RunId run = Run(op.A);
        if (op.B % 8 == 2) return await TextAsync(store, run, await store.TurnAsync(run, new Window(op.C % 5), [op.A % 16, op.C % 16]));
        Window open = (await store.ProgressAsync(run))?.OpenWindow ?? Window.None;
        if (op.B % 8 == 0) return (await store.OpenAsync(run, open.Next)).ToString();
        if (op.B % 8 == 1) return (await store.ReachAsync(run, new Window(open.Number + op.C % 6 - 2))).ToString();
        bool opened = await store.OpenAsync(run, open);
        if (isFirst && opened) Count("opened");
        return opened.ToString();
    }

    private async Task<string> SendAsync(IRunStore store, Operation op, bool isFirst)
    {
        if (isFirst)
        {
            _sending = [.. Enumerable.Range(0, op.B % 5).Select(i => Samples.Feed($"{i}", i % 2 == 0 ? $"host \"{i}\" é" : null) with
            {
                Earliest = (op.C + i) % 3 == 0 ? new Window((op.C * 7 + i) % 220) : null,
            })];
            if (op.C % 2 == 0) _sending.AddRange(_commands.TakeLast(2));
            if (op.C % 3 == 0) _sending.AddRange(_sending.Take(1));
        }

        string answer = Answers.All(await store.SendTogetherAsync(Run(op.A), _sending), Answers.Text);
        _remember = () => _commands.AddRange(_sending);
        if (isFirst && answer.Contains("None", StringComparison.Ordinal)) Count("accepted");
        return answer;
    }

    private List<CommandRequest> _sending = [];

    private async Task<string> ReadShardAsync(IRunStore store, Operation op)
    {
        ShardId shard = new(Run(op.A), op.B % 17);
        Window? at = op.C % 4 == 0 ? new Window(op.C % 9) : null;
        Checkpoint? kept = await store.FindCheckpointAsync(shard, at);
        Window from = kept?.Window ?? Window.None;
        // Older mail than that of every shard's older checkpoint may be gone or not.
        Window done = (await store.FindRunAsync(shard.Run))?.DoneWindow ?? Window.None;
        IReadOnlyList<Mail> mail = await store.ReadMailAsync(
            shard.Run, from > done ? from : done, new Window(from.Number + 100), [shard.Index, (shard.Index + 1) % 16]);
        return $"{Answers.Text(kept)} | {Answers.All(mail, Answers.Text)} | {Answers.All(await store.ReadDigestsAsync(shard, from), Answers.Text)}";
    }

    private async Task<string> ReadRunAsync(IRunStore store, Operation op)
    {
        RunId run = Run(op.A);
        ResultSelection? selection = op.B % 3 == 0 ? null : new ResultSelection(op.B % 2 == 0 ? "t1" : null, op.B % 5 == 0 ? op.C % 16 : null);
        return await Answers.All(store.ReadCommandsAsync(run, op.B % 3, new Window(op.C % 5)), Answers.Text)
            + " | " + await Answers.All(store.ReadAppliedAsync(run), Answers.Text)
            + " | " + await Answers.All(store.ReadResultsAsync(run, selection), Answers.Text);
    }
}
