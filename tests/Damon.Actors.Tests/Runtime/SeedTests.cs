using Damon.Actors.Runtime;

namespace Damon.Actors.Tests.Runtime;

public class SeedTests
{
    [Fact]
    public void Seed_world_path_and_purpose_all_count()
    {
        ulong[] seeds =
        [
            Seeds.Derive(1, "host", "/a", "sampling"),
            Seeds.Derive(2, "host", "/a", "sampling"),
            Seeds.Derive(1, "host-2", "/a", "sampling"),
            Seeds.Derive(1, "host", "/b", "sampling"),
            Seeds.Derive(1, "host", "/a", "placement"),
            Seeds.Derive(1, "hos", "t/a", "sampling"),
            Seeds.Derive(1, "host", "/asampling", ""),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    // Computed apart from this code, from the words of the documentation: stored runs depend on these values.
    [Theory]
    [InlineData(0UL, "", "", "", 0x66B1307F4B9CB292UL)]
    [InlineData(42UL, "host-é", "/host/kdamond-0", "sampling", 0x241966807C3DA3E6UL)]
    public void Values_never_change(ulong seed, string world, string path, string purpose, ulong expected) =>
        Assert.Equal(expected, Seeds.Derive(seed, world, path, purpose));

    [Fact]
    public void An_actor_derives_from_its_world_and_path()
    {
        World world = new("host", 5);
        ulong seed = 0;
        world.Spawn(Props.Create(() => new Scripted { Started = context => seed = context.Seed("x") }), "a");
        Assert.Equal(Seeds.Derive(5, "host", "/a", "x"), seed);
    }
}
