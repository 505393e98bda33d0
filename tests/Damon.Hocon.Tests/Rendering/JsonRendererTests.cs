using Damon.Hocon.Rendering;

namespace Damon.Hocon.Tests.Rendering;

public class JsonRendererTests
{
    [Fact]
    public void A_tree_is_written_in_file_order_with_numbers_by_value()
    {
        const string Text = "z = 1.0, a { list = [1e3, 0.5, x y, []], none = null }, e {}, t = \"q\\\"\\u0007\", big = 1e999, \"k.1\" = true";

        const string Json = """
            {
              "z": 1,
              "a": {
                "list": [
                  1000,
                  0.5,
                  "x y",
                  []
                ],
                "none": null
              },
              "e": {},
              "t": "q\"\u0007",
              "big": 1e999,
              "k.1": true
            }

            """;
        Assert.Equal(Json, JsonRenderer.Render(HoconDocument.Parse(Text)));
    }
}
