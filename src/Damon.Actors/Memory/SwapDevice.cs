using Damon.Actors.Runtime;
using Damon.Model.Costs;

namespace Damon.Actors.Memory;

/// <summary>A host's swap: knows how much of it is taken. Whose page is out is known by the page's memcg.</summary>
public sealed class SwapDevice : Actor,
    IRespond<ReserveSwap, ulong>,
    IRespond<ReleaseSwap, Done>,
    IRespond<ReadSwapUsed, ulong>
{
    private readonly ulong _capacity;
    private ulong _used;

    /// <summary>An empty device.</summary>
    public SwapDevice(SwapSettings settings) => _capacity = settings.CapacityBytes ?? ulong.MaxValue;

    /// <inheritdoc/>
    public ulong Respond(in ReserveSwap request)
    {
        ulong granted = Math.Min(request.Bytes, _capacity - _used);
        _used += granted;
        return granted;
    }

    /// <inheritdoc/>
    public Done Respond(in ReleaseSwap request)
    {
        if (request.Bytes > _used)
            throw new InvalidOperationException($"{request.Bytes} bytes of swap come back, but only {_used} are taken.");
        _used -= request.Bytes;
        return default;
    }

    /// <inheritdoc/>
    public ulong Respond(in ReadSwapUsed request) => _used;
}
