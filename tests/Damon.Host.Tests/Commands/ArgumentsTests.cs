using Damon.Host.Commands;

namespace Damon.Host.Tests.Commands;

public sealed class ArgumentsTests
{
    [Theory]
    [InlineData("FILE --seed 1 --plain")]
    [InlineData("--seed=1 FILE --plain")]
    [InlineData("--plain --seed 1 -- FILE")]
    public void Options_stand_anywhere(string line)
    {
        Arguments arguments = Read(line);

        Assert.Equal(("FILE", "1"), (arguments.Only("FILE"), arguments.Value("--seed")));
        Assert.True(arguments.Has("--plain"));
    }

    [Fact]
    public void After_two_dashes_nothing_is_an_option() => Assert.Equal(["--seed", "-x"], Read("-- --seed -x").Others);

    [Fact]
    public void A_value_may_look_like_an_option() => Assert.Equal("-1", Read("--seed -1").Value("--seed"));

    [Theory]
    [InlineData("--sed 1", "damon test: found the option '--sed', allowed: --seed, --plain; did you mean '--seed'?")]
    [InlineData("-v", "damon test: found the option '-v', allowed: --seed, --plain")]
    [InlineData("--seed", "damon test: --seed needs a number after it, found nothing")]
    [InlineData("--plain=1", "damon test: --plain takes no value, found '1'")]
    [InlineData("--plain --plain", "damon test: --plain is given twice, allowed: once")]
    public void Mistakes_are_told(string line, string message) =>
        Assert.Equal(message, Assert.Throws<BadInputException>(() => Read(line)).Message);

    private static Arguments Read(string line) => new("test", line.Split(' '), new Option("--seed", "a number"), new Option("--plain"));
}
