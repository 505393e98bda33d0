using System.Collections.Immutable;
using System.Text.Json;
using Damon.Actors.Hosts;
using Damon.Actors.Verification.Functions;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Actors.Verification.Golden;

/// <summary>
/// Reads the updates of a recorded case. A commit is built from the case's values as all former commits and fed values
/// changed them, refused ones too, but not as set_attrs did.
/// </summary>
internal sealed class GoldenUpdates(ImmutableArray<KdamondSettings> kdamonds)
{
    private readonly KdamondSettings[] _settings = [.. kdamonds];

    public IEnumerable<HostEvent> Read(IEnumerable<JsonElement> updates)
    {
        foreach (JsonElement update in updates) yield return Read(update);
    }

    private KdamondEvent Read(JsonElement update)
    {
        ulong at = update.U64("at_us");
        int kdamond = update.GetProperty("ctx").GetInt32();
        KdamondSettings settings = _settings[kdamond];
        switch (update.GetProperty("kind").GetString())
        {
            case "set_attrs":
                return new SetAttributesEvent(at, kdamond, GoldenContexts.Attributes(update.GetProperty("attrs")));
            case "pause":
                return new PauseEvent(at, kdamond, update.Flag("value"));
            case "goal_current":
                return Feed(at, kdamond, update);
            case "commit_attrs":
                settings = settings with { Attributes = GoldenContexts.Attributes(update.GetProperty("attrs")) };
                break;
            case "commit_probes":
                settings = settings with { Probes = GoldenContexts.Probes(update.GetProperty("probes")) };
                break;
            case "commit_sz_quota":
                settings = WithScheme(settings, update, scheme => scheme with
                {
                    Quota = scheme.Quota with { SizeBytes = update.U64("sz") },
                });
                break;
            case "commit_dests":
                settings = WithScheme(settings, update, scheme => scheme with
                {
                    Destinations = GoldenSchemes.Destinations(update.GetProperty("dests")),
                });
                break;
            case var other:
                throw new FormatException($"unknown update '{other}'");
        }

        _settings[kdamond] = settings;
        return new CommitEvent(at, kdamond, settings);
    }

    private FeedEvent Feed(ulong at, int kdamond, JsonElement update)
    {
        int goal = update.GetProperty("goal").GetInt32();
        ulong value = update.U64("value");
        _settings[kdamond] = WithScheme(_settings[kdamond], update, scheme =>
        {
            ImmutableArray<QuotaGoal> goals = scheme.Quota.Goals;
            goals = goals.SetItem(goal, goals[goal] with { CurrentValue = value });
            return scheme with { Quota = scheme.Quota with { Goals = goals } };
        });
        return new FeedEvent(at, kdamond, update.GetProperty("scheme").GetInt32(), goal, value);
    }

    private static KdamondSettings WithScheme(
        KdamondSettings settings, JsonElement update, Func<SchemeSettings, SchemeSettings> change)
    {
        int index = update.GetProperty("scheme").GetInt32();
        return settings with { Schemes = settings.Schemes.SetItem(index, change(settings.Schemes[index])) };
    }
}
