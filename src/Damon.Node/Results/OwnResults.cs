using Damon.Node.Runs;
using Damon.Scenarios.Results;
using Damon.Scenarios.Results.Columns;
using Damon.Store;
using Damon.Store.Runs;

namespace Damon.Node.Results;

/// <summary>
/// What a process has computed of a run, as it was reported. One that has computed all of it need not read it from the store again for
/// the run's report: whatever others may have stored in its place has the same bits.
/// </summary>
public sealed class OwnResults
{
    private readonly Lock _turn = new();
    private OutcomeBuilder? _outcomes;
    private Window[] _upTo = [];
    private bool _hasGap;

    /// <summary>The report about a finished run; null: some of it was computed by others.</summary>
    /// <param name="run">The run, finished.</param>
    internal RunReport? Report(RunContext run)
    {
        lock (_turn)
        {
            if (_outcomes is null || _hasGap || !Array.TrueForAll(_upTo, window => window == run.Run.FinalWindow)) return null;
            return StoredRun.ReportOf(run, _outcomes);
        }
    }

    /// <summary>Adds what the members of a shard reported in some windows.</summary>
    internal void Add(RunContext run, int shard, Window first, Window last, ShardReadings readings)
    {
        lock (_turn)
        {
            if (_hasGap) return;
            if (_outcomes is null) (_outcomes, _upTo) = (new OutcomeBuilder(run.Fleet.Scenario), new Window[run.Map.Count]);
            if (first != _upTo[shard].Next)
            {
                // Others were at it in between, so the report comes from the store; what is here is of no use any more.
                (_hasGap, _outcomes) = (true, null);
                return;
            }

            _upTo[shard] = last;
            _outcomes.AddReadings(readings.Hosts);
            _outcomes.AddFleet(readings.Fleet);
            _outcomes.AddEndings(readings.Ends);
        }
    }
}
