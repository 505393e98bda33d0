using System.Collections.Immutable;
using Damon.Actors.Hosts;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;
using Damon.Scenarios.Staging;

namespace Damon.Scenarios.Reading;

/// <summary>Reads <c>feeds</c>: values that goals of user_input get again and again.</summary>
/// <param name="each">The keys of a feeding.</param>
/// <param name="cgroups">The tenants.</param>
/// <param name="kdamonds">The kdamonds that the host starts with.</param>
internal sealed class FeedsReader(EachSections each, ImmutableArray<Cgroup> cgroups, ImmutableArray<KdamondSettings> kdamonds)
{
    private const long LongestUs = 86_400L * 1_000_000;

    public ImmutableArray<FeedSettings> Read(LayeredSection section, bool memoryCounts)
    {
        var feeds = ImmutableArray.CreateBuilder<FeedSettings>();
        foreach (LayeredSection item in section.Items("feeds", each, "feeding"))
        {
            if (!memoryCounts) item.Refuse("metric", "feeds only where costs.memory.counts is on, which measures what is fed");
            if (Read(item) is { } feed) feeds.Add(feed);
        }

        return feeds.ToImmutable();
    }

    private FeedSettings? Read(LayeredSection item)
    {
        GoalAddress goal = GoalAddress.Read(item, kdamonds);
        if (goal.Of(kdamonds) is { } settings && settings.Metric != GoalMetric.UserInput)
            item.Refuse("goal", $"a goal of user_input; this one measures {settings.Metric}");
        ulong every = item.DurationUs("every", 1_000, LongestUs);
        FedMetric metric = item.Choice("metric", "speed", "excess-slowdown", "latency") switch
        {
            "speed" => FedMetric.Speed,
            "excess-slowdown" => FedMetric.ExcessSlowdown,
            _ => FedMetric.Latency,
        };
        string path = item.Text("cgroup");
        for (int i = 0; i < cgroups.Length; i++)
        {
            if (cgroups[i].Path == path) return new FeedSettings(every, goal.Kdamond, goal.Scheme, goal.Goal, metric, HostNames.IdOf(i));
        }

        if (item.IsGiven("cgroup")) item.Refuse("cgroup", $"one of {string.Join(", ", cgroups.Select(cgroup => cgroup.Path))}");
        return null;
    }
}
