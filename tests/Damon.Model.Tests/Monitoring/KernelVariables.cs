using Damon.Model.Monitoring;

namespace Damon.Model.Tests.Monitoring;

/// <summary>What the kdamonds of one kernel share.</summary>
internal sealed class KernelVariables : ISplitRotation
{
    public uint Rotation { get; set; }

    public uint LastNrRegions { get; set; }
}
