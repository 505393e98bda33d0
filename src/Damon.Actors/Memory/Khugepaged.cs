using Damon.Actors.Hosts;
using Damon.Actors.Runtime;
using Damon.Model.Memory;

namespace Damon.Actors.Memory;

/// <summary>
/// The kernel's daemon that makes huge pages of small ones: wakes again and again, and looks at so many pages, process by process, where
/// huge pages are allowed.
/// </summary>
/// <param name="settings">The host.</param>
/// <param name="map">Who is who.</param>
public sealed class Khugepaged(HostSettings settings, HostMap map) : Actor,
    IReceive<ScanDue>,
    IRespond<HashKhugepaged, ulong>
{
    private readonly HostSettings _settings = settings;
    private readonly HostMap _map = map;
    private int _process;
    private ulong _at;

    /// <inheritdoc/>
    public void Receive(in ScanDue message)
    {
        uint left = Math.Max(1, _settings.Thp!.PagesToScan / HugeBlocks.Pages);

        // Once around at most, and the begin of the process in which it started.
        for (int visits = 0; visits <= _settings.Processes.Length && left > 0; visits++)
        {
            if (_settings.Processes[_process].CanHaveHugePages)
            {
                BlocksScanned scanned = _map.MemcgOfProcess[_process].Ask<ScanBlocks, BlocksScanned>(new ScanBlocks(_process, _at, left));
                left -= scanned.Looked;
                _at = scanned.Next;
                if (_at != BlocksScanned.End) return;
            }

            (_process, _at) = ((_process + 1) % _settings.Processes.Length, 0);
        }
    }

    /// <inheritdoc/>
    public ulong Respond(in HashKhugepaged request) => ((ulong)_process << 48) ^ _at;

    /// <inheritdoc/>
    protected override void OnStart() =>
        Context.StartPeriodicTimer("scan", default(ScanDue), VirtualDuration.FromMicroseconds(_settings.Thp!.ScanSleepUs));
}
