using System.Collections.Immutable;
using Damon.Model.Kdamonds;
using Damon.Model.Schemes;

namespace Damon.Scenarios.Reading;

/// <summary>Which goal is meant.</summary>
/// <param name="Kdamond">Index of its kdamond.</param>
/// <param name="Scheme">Index of its scheme there.</param>
/// <param name="Goal">Its index in the scheme.</param>
internal readonly record struct GoalAddress(int Kdamond, int Scheme, int Goal)
{
    /// <summary>Reads the keys kdamond, scheme and goal, and refuses what is not there.</summary>
    public static GoalAddress Read(LayeredSection own, ImmutableArray<KdamondSettings> kdamonds)
    {
        int kdamond = ReadKdamond(own, kdamonds);
        int scheme = (int)own.Count("scheme", 0, int.MaxValue);
        int goal = (int)own.Count("goal", 0, int.MaxValue);
        if (kdamond < kdamonds.Length)
        {
            ImmutableArray<SchemeSettings> schemes = kdamonds[kdamond].Schemes;
            if (scheme >= schemes.Length) own.Refuse("scheme", $"a scheme of kdamond {kdamond}, which has {schemes.Length}, from 0");
            else if (goal >= schemes[scheme].Quota.Goals.Length)
                own.Refuse("goal", $"a goal of scheme {scheme}, which has {schemes[scheme].Quota.Goals.Length}, from 0");
        }

        return new GoalAddress(kdamond, scheme, goal);
    }

    /// <summary>Reads the key kdamond.</summary>
    public static int ReadKdamond(LayeredSection own, ImmutableArray<KdamondSettings> kdamonds)
    {
        ulong kdamond = own.Count("kdamond", 0, int.MaxValue);
        if (kdamond >= (ulong)kdamonds.Length) own.Refuse("kdamond", $"a kdamond of the host, which has {kdamonds.Length}, from 0");
        return (int)kdamond;
    }

    /// <summary>The goal; null: there is none.</summary>
    public QuotaGoal? Of(ImmutableArray<KdamondSettings> kdamonds) =>
        Kdamond < kdamonds.Length && Scheme < kdamonds[Kdamond].Schemes.Length && Goal < kdamonds[Kdamond].Schemes[Scheme].Quota.Goals.Length
            ? kdamonds[Kdamond].Schemes[Scheme].Quota.Goals[Goal]
            : null;
}
