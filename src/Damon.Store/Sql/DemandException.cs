namespace Damon.Store.Sql;

/// <summary>An update changed fewer rows than it had to.</summary>
internal sealed class DemandException(Exception? inner = null) : Exception("an update changed fewer rows than it had to", inner);
