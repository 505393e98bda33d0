namespace Damon.Store.Sql;

/// <summary>
/// Rows that a statement works through as its <c>{rows}</c>, a relation named <c>r</c>: one array a column, so that PostgreSQL
/// takes any number of them in one statement.
/// </summary>
internal sealed class Rows
{
    private readonly List<Column> _columns = [];

    public sealed record Column(string Name, string Type, Array Values);

    public IReadOnlyList<Column> Columns => _columns;

    public int Count => _columns[0].Values.Length;

    public Rows Add(string name, IEnumerable<long> values) => Add(name, "bigint", values.ToArray());

    public Rows Add(string name, IEnumerable<long?> values) => Add(name, "bigint", values.ToArray());

    public Rows Add(string name, IEnumerable<string> values) => Add(name, "text", values.ToArray());

    public Rows Add(string name, IEnumerable<Guid> values) => Add(name, "uuid", values.ToArray());

    public Rows Add(string name, IEnumerable<ReadOnlyMemory<byte>> values) => Add(name, "bytea", values.Select(Blob.Of).ToArray());

    private Rows Add(string name, string type, Array values)
    {
        _columns.Add(new Column(name, type, values));
        return this;
    }
}
