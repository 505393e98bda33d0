using Damon.Model.Memory;

namespace Damon.Model.Tests.Memory;

/// <summary>A folio as an object with plain fields, whose bits are set when it is touched.</summary>
internal sealed class NaiveFolio
{
    public ulong Pfn;
    public int Pages = 1;
    public uint Owner = NodeMemory.NoOwner;
    public MemcgId Memcg;
    public bool Anon, Active, OnLru, Unevictable, Mapped, Accessed, Idle;

    public static NaiveFolio From(uint owner, FolioTemplate template, int hugePages) => new()
    {
        Owner = owner,
        Pages = template.Huge ? hugePages : 1,
        Memcg = template.Memcg,
        Anon = template.Flags.HasFlag(FolioFlags.Anon),
        Active = template.Flags.HasFlag(FolioFlags.Active),
        OnLru = template.Flags.HasFlag(FolioFlags.OnLru),
        Unevictable = template.Flags.HasFlag(FolioFlags.Unevictable),
        Mapped = template.Flags.HasFlag(FolioFlags.Mapped),
        Accessed = template.Flags.HasFlag(FolioFlags.Accessed),
        Idle = template.Flags.HasFlag(FolioFlags.Idle),
    };

    public bool IsYoung => Mapped ? Accessed || !Idle : !Idle;

    public void Touch()
    {
        if (Mapped) Accessed = true;
        else Idle = false;
    }

    public void MarkOld()
    {
        Accessed = false;
        Idle = true;
    }

    public FolioFlags PlaceFlags =>
        (Anon ? FolioFlags.Anon : 0) | (Active ? FolioFlags.Active : 0) | (OnLru ? FolioFlags.OnLru : 0)
        | (Unevictable ? FolioFlags.Unevictable : 0) | (Mapped ? FolioFlags.Mapped : 0);
}
