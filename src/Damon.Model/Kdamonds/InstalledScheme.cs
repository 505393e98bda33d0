using Damon.Model.Schemes;

namespace Damon.Model.Kdamonds;

/// <summary>A scheme in its kdamond's list, and when it is due.</summary>
internal sealed class InstalledScheme(ISchemeAgent agent, SchemeSettings settings)
{
    public ISchemeAgent Agent { get; } = agent;

    public ulong ApplyIntervalUs { get; private set; } = settings.ApplyIntervalUs;

    public bool HasWatermarks { get; private set; } = settings.Watermarks.Metric != WatermarkMetric.None;

    public bool IsActivated { get; private set; } = true;

    /// <summary>The count of sampling intervals at which the scheme is applied next.</summary>
    public ulong NextApply { get; private set; }

    /// <summary>Whether the scheme wants to see more regions in the present pass.</summary>
    public bool HasRoom { get; set; }

    public void ScheduleNextApply(MonitoringContext context) =>
        NextApply = context.Schedule.NextApply(context.Attributes, ApplyIntervalUs);

    public void EndPass(MonitoringContext context)
    {
        ScheduleNextApply(context);
        Agent.EndPass();
    }

    public void Commit(SchemeSettings settings)
    {
        ApplyIntervalUs = settings.ApplyIntervalUs;
        HasWatermarks = settings.Watermarks.Metric != WatermarkMetric.None;
        IsActivated = true;
        Agent.Commit(settings);
    }

    /// <summary>How long the scheme wants to wait, us; 0: it does not.</summary>
    public ulong WatermarkWaitUs()
    {
        if (!HasWatermarks)
        {
            IsActivated = true;
            return 0;
        }

        WatermarkLook look = Agent.LookAtWatermarks();
        IsActivated = look.IsActivated;
        return look.WaitUs;
    }
}
