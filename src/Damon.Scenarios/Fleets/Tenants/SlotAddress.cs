namespace Damon.Scenarios.Fleets.Tenants;

/// <summary>A slot for a tenant somewhere in the fleet.</summary>
/// <param name="Host">Index of the host.</param>
/// <param name="Slot">Its slot, from 0.</param>
public readonly record struct SlotAddress(int Host, int Slot);
