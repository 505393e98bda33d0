using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Staging;

namespace Damon.Damo.Tests.Notices;

public class NoticeTests
{
    private static IEnumerable<(NoticeCode Code, string Where)> Of(string options) =>
        Commands.Args(options).Notices.Select(notice => (notice.Code, notice.Where));

    private static IReadOnlyList<Notice> Staged(string options) => Stager.Stage(Commands.Args(options).Document).Notices;

    [Fact]
    public void A_plain_command_gives_none()
    {
        Assert.Empty(Of("--damos_action pageout --damos_access_rate 0 0 --damos_age 5s max --damos_quota_interval 1s --damos_quota_space 1G"));
        Assert.Empty(Staged("--damos_action pageout --damos_access_rate 5% max --damos_age 5s max --damos_quota_interval 1s --damos_quota_weights 7% 0 0"));
    }

    [Fact]
    public void Quota_parts_and_goals_without_an_interval_are_told()
    {
        Assert.Equal([(NoticeCode.QuotaPartDropped, "--damos_quota_space")], Of("--damos_action pageout --damos_quota_space 1G"));
        Assert.Equal(
            [(NoticeCode.GoalDropped, "--damos_quota_goal")],
            Of("--damos_action stat --damos_quota_interval 1s --damos_action stat --damos_quota_goal user_input 5 1 --damos_nr_quota_goals 0 1"));
    }

    [Theory]
    [InlineData("--damos_action stat --damos_quota_interval 1s --damos_quota_goal node_eligible_mem_bp 5000 1", NoticeCode.NodeIdLost, "--damos_quota_goal")]
    [InlineData("--damos_action stat --damos_quota_interval 1s --damos_quota_goal node_ineligible_mem_bp 30% 1", NoticeCode.Extension, "--damos_quota_goal")]
    [InlineData("--damos_action stat --damos_quota_interval 1s --damos_quota_goal active_mem_bp 4% 1", NoticeCode.Ignored, "--damos_quota_goal")]
    [InlineData("--damos_action stat --damos_quota_interval 1s --damos_quota_time 1 --damos_quota_time 2", NoticeCode.Surplus, "--damos_quota_time")]
    [InlineData("--damos_action stat --damos_filter anon matching", NoticeCode.OldForm, "--damos_filter")]
    [InlineData("--damos_action stat --damos_max_nr_snapshots 3", NoticeCode.NotInDocument, "--damos_max_nr_snapshots")]
    [InlineData("--target_pid 3 --numa_node 0", NoticeCode.Ignored, "--numa_node")]
    [InlineData("--ops paddr --target_pid 3", NoticeCode.Ignored, "--target_pid")]
    [InlineData("--numa_node 7", NoticeCode.Ignored, "--numa_node")]
    [InlineData("paddr --target_pid 3", NoticeCode.Ignored, "--target_pid")]
    [InlineData("--sample_primitives page_fault", NoticeCode.Ignored, "--sample_primitives")]
    [InlineData("--pause_ctx 1", NoticeCode.Ignored, "--pause_ctx")]
    [InlineData("--refresh_stat 1 --refresh_stat 2", NoticeCode.Surplus, "--refresh_stat")]
    [InlineData("--monitoring_intervals_autotune --monitoring_intervals_goal 1 2 3 4", NoticeCode.Ignored, "--monitoring_intervals_goal")]
    [InlineData("--damos_action stat --schemes []", NoticeCode.Ignored, "--schemes")]
    [InlineData("--kdamonds {\"kdamonds\":[]} --ops paddr", NoticeCode.Ignored, "--ops")]
    public void What_damo_does_silently_is_told_once(string options, NoticeCode code, string where) => Assert.Equal([(code, where)], Of(options));

    [Fact]
    public void Notices_point_at_the_word() =>
        Assert.Equal(4, Commands.Args("--damos_action pageout --damos_quota_space 1G").Notices[0].WordIndex);

    [Theory]
    [InlineData("--damos_access_rate 4% max", NoticeCode.SamplesTruncated, "nr_accesses/min", "gets 0")]
    [InlineData("--damos_access_rate 29% 100%", NoticeCode.SamplesTruncated, "nr_accesses/min", "gets 5")]
    [InlineData("--damos_age 150ms max", NoticeCode.Truncated, "age/min", "gets 1")]
    [InlineData("--damos_quota_interval 1s --damos_quota_goal node_mem_free_bp 9.7% 0", NoticeCode.Truncated, "goals/0/target_value", "gets 969")]
    [InlineData("--damos_apply_interval 0.5us", NoticeCode.Truncated, "apply_interval_us", "gets 0")]
    [InlineData("--damos_max_nr_snapshots -3", NoticeCode.KernelRefuses, "max_nr_snapshots", "-3")]
    [InlineData("--damos_apply_interval 18446744073709551616", NoticeCode.KernelRefuses, "apply_interval_us", "18446744073709551616")]
    public void Truncations_on_the_way_to_the_kernel_are_told(string options, NoticeCode code, string path, string found)
    {
        Notice notice = Assert.Single(Staged("--damos_action stat " + options));
        Assert.Equal(code, notice.Code);
        Assert.EndsWith(path, notice.Where);
        Assert.Contains(found, notice.Message);
    }

    [Fact]
    public void Dust_of_binary_arithmetic_above_the_meant_value_is_not_told() =>
        Assert.Empty(Staged("--damos_action stat --damos_quota_interval 1s --damos_quota_goal node_mem_free_bp 69.7% 0"));
}
