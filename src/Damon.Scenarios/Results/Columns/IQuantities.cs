namespace Damon.Scenarios.Results.Columns;

/// <summary>
/// Goes over the quantities of readings in a fixed order. Whoever writes or hashes takes the values that it is given; whoever reads gives
/// back others in their place, so that one description of a reading serves both ways.
/// </summary>
internal interface IQuantities
{
    /// <summary>A whole number.</summary>
    /// <param name="name">The quantity's name, unique among all.</param>
    /// <param name="value">Its value; of no meaning when reading.</param>
    /// <returns>The value that the reading has.</returns>
    ulong Number(string name, ulong value);

    /// <summary>A real number, to the last bit.</summary>
    /// <param name="name">The quantity's name, unique among all.</param>
    /// <param name="value">Its value; of no meaning when reading.</param>
    /// <returns>The value that the reading has.</returns>
    double Real(string name, double value);

    /// <summary>What follows belongs to one of several things of a kind, a node say, until <see cref="Leave"/>.</summary>
    /// <param name="index">Which one.</param>
    void Enter(int index);

    /// <summary>Back to what was before <see cref="Enter"/>.</summary>
    void Leave();
}
