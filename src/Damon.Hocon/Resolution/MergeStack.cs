namespace Damon.Hocon.Resolution;

/// <summary>
/// Values set one after the other at the same place, of which at least one is not known yet, so that
/// nobody can say which of them will merge and which will hide. The latest is first.
/// </summary>
internal sealed class MergeStack : Pending, IContainer
{
    private MergeStack(HoconValue[] layers)
        : base(layers[0].Origin) => Layers = layers;

    public HoconValue[] Layers { get; }

    /// <summary>Whether the outcome is certainly an object, because the latest value is one.</summary>
    public bool IsObject => Layers[0] is HoconObject;

    internal override bool IgnoresFallbacks => Layers[^1].IgnoresFallbacks;

    public static MergeStack Of(HoconValue later, HoconValue earlier) => new([.. Unmerged(later), .. Unmerged(earlier)]);

    /// <summary>What lies below the first layers; null when nothing does.</summary>
    public HoconValue? Below(int skipped)
    {
        if (skipped == Layers.Length) return null;
        HoconValue merged = Layers[skipped];
        List<HoconValue>? waiting = null;
        for (int i = skipped + 1; i < Layers.Length; i++)
        {
            if (waiting is null)
            {
                merged = merged.WithFallback(Layers[i]);
                if (merged is MergeStack stack) waiting = [.. stack.Layers];
            }
            else if (!waiting[^1].IgnoresFallbacks)
            {
                waiting.Add(Layers[i]);
            }
        }

        return waiting is null ? merged : new MergeStack([.. waiting]);
    }

    internal override HoconValue Relativized(HoconPath prefix) =>
        new MergeStack(Array.ConvertAll(Layers, layer => layer.Relativized(prefix)));

    HoconValue? IContainer.WithChild(HoconValue child, HoconValue? replacement)
    {
        HoconValue[]? layers = ContainerItems.Replace(Layers, child, replacement);
        return layers is null ? null : new MergeStack(layers);
    }

    private static ReadOnlySpan<HoconValue> Unmerged(HoconValue value) => value is MergeStack stack ? stack.Layers : new[] { value };
}
