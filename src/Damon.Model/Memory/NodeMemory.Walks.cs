using System.Runtime.CompilerServices;
using Damon.Model.Snapshots;

namespace Damon.Model.Memory;

/// <content>Walks over regions, folio by folio, with filters (spec section 10).</content>
public sealed partial class NodeMemory
{
    [NotInSnapshot(Rebuilt.AsEmpty)]
    private FolioTest[] _tests = [];

    /// <summary>
    /// Walks over a range and applies an action to the folios that pass the filters. Where there is no LRU folio, or the one that
    /// the scheme looked up last, the walk steps on by one page; otherwise to the folio's end.
    /// Folios that are gathered wait for <see cref="ReclaimGathered"/>, <see cref="TakeGathered"/> or
    /// <see cref="PutBackGathered"/>.
    /// </summary>
    public WalkResult Walk(in WalkRequest request)
    {
        CheckTime(request.NowUs);
        ReadOnlySpan<FolioTest> tests = TestsOf(request.Filters);
        bool byDefault = request.Filters.DefaultReject;
        ulong end = request.EndByte;
        ulong pageBytes = PageBytes;
        ulong hugeBytes = 1UL << HugeShift;
        int skipped = Contains(request.LastFolioPfn) ? (int)(request.LastFolioPfn - StartPfn) : -1;
        int frame = -1;
        ulong passed = 0;
        ulong applied = 0;
        ulong at = request.StartByte;
        while (at < end)
        {
            frame = LruFolioAt(at);
            if (frame < 0 || frame == skipped)
            {
                at += pageBytes;
                continue;
            }
            ulong bytes = pageBytes;

            // A branch for each size: the processor guesses it and looks at the next frame before this one's word is there.
            if ((_frames[frame].Word & Frame.StateMask) == Frame.Huge) bytes = hugeBytes;
            at = (at & ~(bytes - 1)) + bytes;
            if (IsFilteredOut(ref _frames[frame], tests, byDefault, request.NowUs)) continue;
            passed += bytes;
            if (Apply(request.Action, frame)) applied += bytes;
        }
        return new WalkResult(passed, applied, frame < 0 ? NoPfn : StartPfn + (uint)frame, at);
    }

    private ReadOnlySpan<FolioTest> TestsOf(FolioFilterSet filters)
    {
        ReadOnlySpan<FolioFilter> all = filters.Filters;
        if (_tests.Length < all.Length) _tests = new FolioTest[all.Length];
        for (int i = 0; i < all.Length; i++)
            _tests[i] = FolioTest.From(in all[i], _memcgs, PageBytes, 1UL << HugeShift);
        return _tests.AsSpan(0, all.Length);
    }

    /// <summary>The first filter that is for the folio decides. Looking whether a folio is young makes it old.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsFilteredOut(ref Frame folio, ReadOnlySpan<FolioTest> tests, bool byDefault, long nowUs)
    {
        foreach (ref readonly FolioTest test in tests)
        {
            bool decides = test.Young ? test.IsForYoung(WasYoung(ref folio, nowUs)) : test.IsFor(folio.Word);
            if (decides) return !test.Allow;
        }
        return byDefault;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool WasYoung(ref Frame folio, long nowUs)
    {
        bool young = IsYoung(in folio, nowUs);
        if (young && (folio.Word & Frame.OnLru) != 0) MakeOld(ref folio, nowUs);
        return young;
    }

    /// <summary>Does an action to one folio; true when it counts as applied at once.</summary>
    private bool Apply(WalkAction action, int frame)
    {
        ulong word = _frames[frame].Word;
        switch (action)
        {
            case WalkAction.LruPrio:
                if ((word & (Frame.Active | Frame.Unevictable)) == 0) Change(frame, word | Frame.Active);
                return true;
            case WalkAction.LruDeprio:
                if ((word & (Frame.Active | Frame.Unevictable)) == Frame.Active) Change(frame, word & ~Frame.Active);
                return true;
            case WalkAction.Pageout:
                if ((word & Frame.Unevictable) == 0) Isolate(frame);
                return false;
            case WalkAction.Gather:
                Isolate(frame);
                return false;
            default:
                return false;
        }
    }
}
