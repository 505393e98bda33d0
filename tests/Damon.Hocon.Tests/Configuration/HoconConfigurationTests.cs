using Damon.Hocon.Configuration;
using Microsoft.Extensions.Configuration;

namespace Damon.Hocon.Tests.Configuration;

public class HoconConfigurationTests
{
    private static readonly HoconOptions s_options = new()
    {
        Files = HoconFiles.InMemory(new Dictionary<string, string>
        {
            ["app.conf"] = "include \"base\"\nhosts = [ { name = h0, memory = ${size} }, { name = h1 } ]\nratio = 1.50\nnone = null\nempty = []\n",
            ["base.conf"] = "size = 30 GiB\n\"a:b\" = colon\n",
        }),
    };

    [Fact]
    public void A_file_is_flattened_to_keys()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder().AddHoconFile("app.conf", options: s_options).Build();

        Assert.Equal("30 GiB", configuration["hosts:0:memory"]);
        Assert.Equal("h1", configuration["HOSTS:1:Name"]);
        Assert.Equal("1.50", configuration["ratio"]);
        Assert.Null(configuration["none"]);
        Assert.Equal(2, configuration.GetSection("hosts").GetChildren().Count());
    }

    [Fact]
    public void A_missing_file_is_an_error_unless_optional()
    {
        Assert.Empty(new ConfigurationBuilder().AddHoconFile("gone.conf", optional: true, s_options).Build().AsEnumerable());

        HoconException error = Assert.Throws<HoconException>(() => new ConfigurationBuilder().AddHoconFile("gone.conf", options: s_options).Build());
        Assert.Equal(HoconErrorKind.Other, error.Kind);
    }
}
