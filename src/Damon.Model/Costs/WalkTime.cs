namespace Damon.Model.Costs;

/// <summary>What page walks took a process in a window.</summary>
/// <param name="MicroPs">As its memory is mapped, millionths of a ps.</param>
/// <param name="SmallMicroPs">As they would with the same memory in small pages alone, millionths of a ps.</param>
public readonly record struct WalkTime(UInt128 MicroPs, UInt128 SmallMicroPs);
