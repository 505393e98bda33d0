namespace Damon.Actors;

/// <summary>The reply to a request that has nothing to say but that it was carried out.</summary>
public readonly record struct Done;
