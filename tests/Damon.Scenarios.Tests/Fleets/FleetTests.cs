using Damon.Scenarios.Fleets;

namespace Damon.Scenarios.Tests.Fleets;

/// <summary>Members, windows, shards and mail of a fleet.</summary>
public sealed class FleetTests
{
    [Theory]
    [InlineData("3 s", "1 s", 3)]
    [InlineData("3 s", "2 s", 2)]
    [InlineData("3 s", "1 h", 1)]
    public void Windows_cover_the_run(string duration, string window, long count)
    {
        Fleet fleet = new(Small.Read($"run {{ duration = {duration}, window-length = {window} }}"));

        Assert.Equal(count, fleet.WindowCount);
        Assert.Equal(3_000_000UL, fleet.EndUs(count - 1));
        Assert.False(fleet.IsCoupled);
    }

    [Theory]
    [InlineData(7, 0, 1024)]
    [InlineData(5, 3, 3)]
    [InlineData(2_000, 2, 1024)]
    [InlineData(1, 0, 16)]
    [InlineData(1, 4, 16)]
    [InlineData(24, 3, 12)]
    public void Each_member_is_in_one_shard(int hosts, int ofAll, int most)
    {
        Sharding shards = new(hosts, ofAll, most);

        Assert.Equal(Math.Min(hosts + (ofAll > 0 ? 1 : 0), most), shards.Count);
        int[] dealt = [.. Enumerable.Range(0, shards.Count).SelectMany(shards.Members)];
        Assert.Equal(Enumerable.Range(0, hosts + ofAll), dealt.Order());
        for (int shard = 0; shard < shards.Count; shard++) Assert.All(shards.Members(shard), member => Assert.Equal(shard, shards.ShardOf(member)));
        int[] sizes = [.. Enumerable.Range(0, shards.Count).Select(shard => shards.Members(shard).Count(member => member <= hosts))];
        Assert.True(sizes.Max() - sizes.Min() <= 1);
        Assert.True(Enumerable.Range(hosts, ofAll).Select(shards.ShardOf).Distinct().Count() <= 1);
    }

    [Fact]
    public void Shards_that_follow_each_other_have_some_of_every_template()
    {
        Sharding shards = new(200, 3, 36);
        for (int quarter = 0; quarter < 4; quarter++)
        {
            int[] members = [.. Enumerable.Range(9 * quarter, 9).SelectMany(shards.Members)];
            Assert.InRange(members.Count(member => member < 80), 18, 22);
            Assert.InRange(members.Count(member => member is >= 80 and < 140), 13, 17);
        }
    }

    [Fact]
    public void Packed_mail_is_the_same_mail()
    {
        FleetMail[] mails =
        [
            new(0, 3, 1_000_000, 0, new MetricMeasured(1.25)), new(3, 0, ulong.MaxValue >> 1, 70_000, new MetricAggregated(ulong.MaxValue)),
        ];
        byte[] packed = MailCodec.Encode(mails);

        Assert.Equal(mails, MailCodec.Decode(packed));
        Assert.Equal(MailCodec.Digest(packed), MailCodec.Digest(MailCodec.Encode(mails)));
    }

    [Fact]
    public void Broken_mail_is_told_as_such_and_never_taken_for_other_mail()
    {
        byte[] packed = MailCodec.Encode([new FleetMail(1, 2, 3, 4, new MetricMeasured(5))]);
        for (int length = 0; length < packed.Length; length++)
            Assert.Throws<InvalidDataException>(() => MailCodec.Decode(packed.AsSpan(0, length)));
        for (int bit = 0; bit < packed.Length * 8; bit++)
        {
            byte[] flipped = [.. packed];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(MailCodec.Digest(packed), MailCodec.Digest(flipped));
        }
    }

    [Fact]
    public void Same_digest_for_any_number_of_threads_and_another_for_another_seed()
    {
        Scenario scenario = Small.Read("hosts { h { count = 5 } }");
        string one = new FleetRun(new Fleet(scenario)).Run(1).Digest;

        Assert.Equal(one, new FleetRun(new Fleet(scenario)).Run(4).Digest);
        Assert.NotEqual(one, new FleetRun(new Fleet(Small.Read("hosts { h { count = 5 } }", new RunOverrides(Seed: 2)))).Run(2).Digest);
    }
}
