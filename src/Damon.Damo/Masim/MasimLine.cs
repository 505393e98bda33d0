namespace Damon.Damo.Masim;

/// <summary>A line that counts, with its place for messages.</summary>
/// <param name="Number">Number in the file, from 1.</param>
/// <param name="Text">The text without its end.</param>
internal readonly record struct MasimLine(int Number, string Text);
