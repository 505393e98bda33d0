namespace Damon.Model.Monitoring;

/// <summary>A range of addresses [start, end), in core address units.</summary>
/// <param name="Start">First address.</param>
/// <param name="End">First address after the range.</param>
public readonly record struct AddressRange(ulong Start, ulong End);
