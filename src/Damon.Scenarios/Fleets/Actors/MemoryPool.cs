using System.Collections.Immutable;
using Damon.Scenarios.Fleets.Plans;

namespace Damon.Scenarios.Fleets.Actors;

/// <summary>The memory that hosts share: lends to who asks first, until there is none left.</summary>
public sealed class MemoryPool : FleetActor
{
    private readonly PoolPlan _plan;
    private readonly SortedDictionary<int, ulong> _lent = [];
    private ulong _grants;
    private ulong _refusals;

    internal MemoryPool(Fleet fleet, int index, PoolPlan plan)
        : base(fleet, index)
    {
        _plan = plan;
        FreeBytes = plan.SizeBytes;
        for (int host = 0; host < fleet.HostCount; host++)
        {
            foreach (PooledNode node in fleet.Scenario.Hosts[host].Pooled) Lend(host, node.AtStartBytes);
        }
    }

    /// <summary>What is not lent, bytes.</summary>
    public ulong FreeBytes { get; private set; }

    /// <inheritdoc/>
    public override ImmutableArray<string> Columns => ["lent_bytes", "free_bytes", "borrowers", "grants", "refusals"];

    /// <summary>What a host has borrowed, grants and returns under way counted as the pool does, bytes.</summary>
    public ulong LentTo(int host) => _lent.GetValueOrDefault(host);

    /// <inheritdoc/>
    private protected override void Receive(FleetMail mail, ulong nowUs)
    {
        switch (mail.Message)
        {
            case PoolRequest request when request.Bytes <= FreeBytes:
                Lend(mail.From, request.Bytes);
                _grants++;
                Send(mail.From, new PoolGrant(request.Bytes), _plan.GrantUs - Fleet.WindowUs);
                break;
            case PoolRequest:
                _refusals++;
                Send(mail.From, new PoolRefusal());
                break;
            case PoolReturn returned:
                FreeBytes += returned.Bytes;
                _lent[mail.From] -= returned.Bytes;
                if (_lent[mail.From] == 0) _lent.Remove(mail.From);
                break;
        }
    }

    /// <inheritdoc/>
    private protected override void Act(ulong nowUs)
    {
        if (nowUs % _plan.EveryUs != 0) return;
        Report(new FleetReading(nowUs, [_plan.SizeBytes - FreeBytes, FreeBytes, _lent.Count, _grants, _refusals]));
    }

    /// <inheritdoc/>
    private protected override void SaveState(BinaryWriter writer)
    {
        writer.Write(_grants);
        writer.Write(_refusals);
        writer.Write7BitEncodedInt(_lent.Count);
        foreach ((int host, ulong bytes) in _lent)
        {
            writer.Write7BitEncodedInt(host);
            writer.Write(bytes);
        }
    }

    /// <inheritdoc/>
    private protected override void LoadState(BinaryReader reader)
    {
        _lent.Clear();
        FreeBytes = _plan.SizeBytes;
        _grants = reader.ReadUInt64();
        _refusals = reader.ReadUInt64();
        for (int left = reader.Read7BitEncodedInt(); left > 0; left--) Lend(reader.Read7BitEncodedInt(), reader.ReadUInt64());
    }

    private void Lend(int host, ulong bytes)
    {
        if (bytes == 0) return;
        FreeBytes -= bytes;
        _lent[host] = _lent.GetValueOrDefault(host) + bytes;
    }
}
