using Damon.Actors.Costs;

namespace Damon.Actors.Hosts;

/// <content>Pressure that the model itself finds: processes that waited for memory.</content>
public sealed partial class Host
{
    private ulong _countedStallNs;

    /// <summary>Adds what processes have waited since the last time; each knows its own part.</summary>
    private void CountStalls()
    {
        if (_settings.EffectiveMemoryCosts is null) return;
        ulong stallNs = 0;
        long nowUs = Context.Now.Microseconds;
        for (int process = 0; process < _settings.Processes.Length; process++)
        {
            stallNs += _map.MemcgOfProcess[process].Ask<ReadProcessUse, ProcessUse>(
                new ReadProcessUse(process, nowUs, nowUs, default)).Traffic.StallNs;
        }

        _psi.Add(stallNs - _countedStallNs);
        _countedStallNs = stallNs;
    }
}
