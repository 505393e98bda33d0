using System.Globalization;
using System.Net;
using System.Text;

namespace Damon.Scenarios.Charts;

/// <summary>A chart of curves over time, as an SVG document that any browser shows.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="XLabel">The horizontal axis, with its unit.</param>
/// <param name="YLabel">The vertical axis, with its unit.</param>
/// <param name="Curves">The curves; later ones lie above earlier ones.</param>
public sealed record LineChart(string Title, string XLabel, string YLabel, IReadOnlyList<Curve> Curves)
{
    private const int Width = 860;
    private const int Height = 380;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 40;
    private const int Bottom = 80;

    // Told apart also by people who do not see all colours.
    private static readonly string[] s_colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"];

    /// <summary>The document.</summary>
    public string ToSvg()
    {
        Axis x = new(Least(curve => curve.X), Greatest(curve => curve.X), Left, Width - Right, 10);
        Axis y = new(Math.Min(0, Least(curve => curve.Y)), Greatest(curve => curve.Y), Height - Bottom, Top, 6);
        StringBuilder svg = new();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n"));
        svg.Append(Invariant($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>\n"));
        AddText(svg, Width / 2.0, 22, "middle", Title, " font-size=\"15\"");
        AddAxes(svg, x, y);
        foreach (Curve curve in Curves) AddCurve(svg, curve, x, y);
        AddLegend(svg);
        return svg.Append("</svg>\n").ToString();
    }

    private double Least(Func<Curve, IReadOnlyList<double>> values) =>
        Curves.SelectMany(values).Where(double.IsFinite).DefaultIfEmpty(0).Min();

    private double Greatest(Func<Curve, IReadOnlyList<double>> values) =>
        Curves.SelectMany(values).Where(double.IsFinite).DefaultIfEmpty(1).Max();

    private void AddAxes(StringBuilder svg, Axis x, Axis y)
    {
        foreach (double mark in x.Marks)
        {
            double at = x.Place(mark);
            svg.Append(Invariant($"<line x1=\"{at:0.#}\" y1=\"{Top}\" x2=\"{at:0.#}\" y2=\"{Height - Bottom}\" stroke=\"#eeeeee\"/>\n"));
            AddText(svg, at, Height - Bottom + 16, "middle", Axis.Text(mark));
        }

        foreach (double mark in y.Marks)
        {
            double at = y.Place(mark);
            svg.Append(Invariant($"<line x1=\"{Left}\" y1=\"{at:0.#}\" x2=\"{Width - Right}\" y2=\"{at:0.#}\" stroke=\"#eeeeee\"/>\n"));
            AddText(svg, Left - 8, at + 4, "end", Axis.Text(mark));
        }

        AddText(svg, (Left + Width - Right) / 2.0, Height - Bottom + 36, "middle", XLabel);
        double middle = (Top + Height - Bottom) / 2.0;
        AddText(svg, 18, middle, "middle", YLabel, Invariant($" transform=\"rotate(-90 18 {middle:0.#})\""));
    }

    private static void AddCurve(StringBuilder svg, Curve curve, Axis x, Axis y)
    {
        svg.Append("<polyline fill=\"none\" ").Append(Stroke(curve)).Append(" points=\"");
        for (int i = 0; i < curve.X.Length; i++)
        {
            if (double.IsFinite(curve.Y[i])) svg.Append(Invariant($"{x.Place(curve.X[i]):0.#},{y.Place(curve.Y[i]):0.#} "));
        }

        svg.Append("\"/>\n");
    }

    private void AddLegend(StringBuilder svg)
    {
        double at = Left;
        foreach (Curve curve in Curves)
        {
            if (curve.Name.Length == 0) continue;
            svg.Append(Invariant($"<line x1=\"{at:0.#}\" y1=\"{Height - 20}\" x2=\"{at + 24:0.#}\" y2=\"{Height - 20}\" {Stroke(curve)}/>\n"));
            AddText(svg, at + 30, Height - 16, "start", curve.Name);
            at += 50 + (7 * curve.Name.Length);
        }
    }

    private static string Stroke(Curve curve)
    {
        string color = s_colors[curve.Color % s_colors.Length];
        return curve.Style switch
        {
            CurveStyle.Thin => $"stroke=\"{color}\" stroke-width=\"1\" stroke-opacity=\"0.45\"",
            CurveStyle.Dashed => $"stroke=\"{color}\" stroke-width=\"1.2\" stroke-dasharray=\"6 4\"",
            _ => $"stroke=\"{color}\" stroke-width=\"1.8\"",
        };
    }

    private static void AddText(StringBuilder svg, double x, double y, string anchor, string text, string attributes = "") =>
        svg.Append(Invariant($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\"{attributes}>{WebUtility.HtmlEncode(text)}</text>\n"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
