using System.Xml.Linq;
using Damon.Scenarios.Charts;

namespace Damon.Scenarios.Tests.Charts;

public sealed class LineChartTests
{
    [Fact]
    public void A_chart_is_well_formed_and_every_point_lies_inside()
    {
        LineChart chart = new("a < b & c", "seconds", "%",
        [
            new Curve("one", [0, 10, 20], [5, 95.5, double.NaN]),
            new Curve("two", [0, 20], [50, 50], CurveStyle.Dashed, 1),
        ]);

        XDocument svg = XDocument.Parse(chart.ToSvg());
        XNamespace ns = "http://www.w3.org/2000/svg";
        double[][] points = [.. svg.Descendants(ns + "polyline").SelectMany(line =>
            line.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(point => point.Split(',').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];

        Assert.Equal(4, points.Length);
        Assert.All(points, point => Assert.InRange(point[0], 70, 840));
        Assert.All(points, point => Assert.InRange(point[1], 40, 300));
        Assert.True(points[1][1] < points[0][1], "a higher value is drawn higher");
        Assert.Contains(svg.Descendants(ns + "text"), text => text.Value == "a < b & c");
    }
}
