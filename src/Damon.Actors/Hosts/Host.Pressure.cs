using Damon.Actors.Costs;
using Damon.Actors.Runtime;

namespace Damon.Actors.Hosts;

/// <content>Pressure that the model itself finds: tasks that waited for memory.</content>
public sealed partial class Host : IReceive<MemoryStalled>
{
    /// <inheritdoc/>
    public void Receive(in MemoryStalled message) => _psi.Add(message.StallNs);
}
