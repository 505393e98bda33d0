using Damon.Hocon.Reading;

namespace Damon.Hocon.Tests.Documents;

public class EnvironmentTests
{
    private const string Text = "home = default\nhome = ${?MY_HOME}\n";

    [Fact]
    public void The_environment_is_off_by_default() => Assert.Equal("default", HoconDocument.Parse(Text).GetString("home"));

    [Fact]
    public void The_environment_fills_substitutions_without_a_value_when_switched_on()
    {
        HoconOptions options = new() { Environment = name => name == "MY_HOME" ? "/users/me" : null };

        Assert.Equal("/users/me", HoconDocument.Parse(Text, null, options).GetString("home"));
        Assert.Equal("doc", HoconDocument.Parse("MY_HOME = doc\na = ${MY_HOME}\n", null, options).GetString("a"));
    }
}
