using Damon.Scenarios.Fleets;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Tests.Fleets.Tenants;

/// <summary>A host as the placement sees it, and nothing behind it: takes tenants in or sends them back as a seed says, lets them go, tells a pressure.</summary>
internal sealed class FakeHost(int index, HostTenants room, TenantsPlan plan, int seed)
{
    private readonly (AdmitTenant Given, ulong SinceUs)?[] _slots = new (AdmitTenant, ulong)?[room.Slots.Length];
    private readonly Random _random = new(seed ^ (index * 7919));
    private readonly List<FleetMessage> _answers = [];

    /// <summary>How many of a hundred tenants it sends back.</summary>
    public int SendsBack { get; init; }

    /// <summary>The numbers of the tenants that run there.</summary>
    public IEnumerable<long> Running => _slots.Where(slot => slot is not null).Select(slot => slot!.Value.Given.Tenant);

    /// <summary>What a tenant has run in all, by number; those that finished here.</summary>
    public Dictionary<long, ulong> FinishedAfterUs { get; } = [];

    /// <summary>Runs a window.</summary>
    /// <param name="messages">What arrives at its begin.</param>
    /// <param name="nowUs">Its begin.</param>
    public FleetMessage[] Run(IEnumerable<FleetMessage> messages, ulong nowUs)
    {
        _answers.Clear();
        foreach (FleetMessage message in messages)
        {
            if (message is AdmitTenant admit) Admit(admit, nowUs);
            if (message is EvictTenant evict) Evict(evict, nowUs);
        }

        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is not { } tenant || Age(tenant, nowUs) < tenant.Given.LifetimeUs) continue;
            FinishedAfterUs.Add(tenant.Given.Tenant, Age(tenant, nowUs));
            _answers.Add(new TenantFinished(tenant.Given.Tenant));
            _slots[i] = null;
        }

        _answers.Add(new HostFelt(_random.Next(100), [.. Running.Select(tenant => new TenantFeeling(tenant, (ulong)_random.Next(10_000, 30_000)))]));
        Assert.True(Running.Count() == Running.Distinct().Count());
        Assert.True(_slots.Aggregate(0UL, (sum, slot) => sum + (slot is { } held ? plan.Kinds[held.Given.Kind].Bytes : 0)) <= room.Bytes);
        return [.. _answers];
    }

    private void Admit(AdmitTenant admit, ulong nowUs)
    {
        Assert.Null(_slots[admit.Slot]);
        if (_random.Next(100) < SendsBack)
        {
            _answers.Add(new TenantRefused(admit.Tenant));
            return;
        }

        _slots[admit.Slot] = (admit, nowUs);
        _answers.Add(new TenantArrived(admit.Tenant));
    }

    private void Evict(EvictTenant evict, ulong nowUs)
    {
        if (_slots[evict.Slot] is not { } tenant || tenant.Given.Tenant != evict.Tenant || Age(tenant, nowUs) >= tenant.Given.LifetimeUs) return;
        _answers.Add(new TenantLeft(evict.Tenant, Age(tenant, nowUs)));
        _slots[evict.Slot] = null;
    }

    private static ulong Age((AdmitTenant Given, ulong SinceUs) tenant, ulong nowUs) => tenant.Given.AgeUs + (nowUs - tenant.SinceUs);
}
