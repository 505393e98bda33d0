namespace Damon.Damo.Reports;

/// <summary>Bars of stars.</summary>
internal static class Bars
{
    /// <summary>A bar between two strokes.</summary>
    /// <param name="stars">Stars, cut to the width.</param>
    /// <param name="width">Width between the strokes.</param>
    internal static string Bar(double stars, int width)
    {
        int count = double.IsNaN(stars) ? 0 : (int)Math.Clamp(stars, 0, width);
        return $"|{new string('*', count)}{new string(' ', width - count)}|";
    }
}
