using Damon.Hocon.Lexing;
using Damon.Hocon.Numbers;
using Damon.Hocon.Resolution;
using Damon.Hocon.Syntax;

namespace Damon.Hocon.Building;

/// <summary>
/// Turns a syntax tree into values: opens keys that are paths, merges duplicates, joins what can be joined, brings
/// in includes.
/// </summary>
internal sealed class TreeBuilder
{
    private readonly Document _document;
    private readonly IncludeLoader _includes;
    private readonly Stack<HoconPath> _keys = new();
    private int _depth;
    private int _arrays;

    private TreeBuilder(Document document, IncludeLoader includes)
    {
        _document = document;
        _includes = includes;
        _depth = document.Nesting;
    }

    /// <summary>The values of a document, substitutions still in it.</summary>
    public static HoconObject Build(Document document, IncludeLoader includes)
    {
        if (document.Format == DocumentFormat.Properties) return PropertiesReader.Read(document.Text, document.Name);
        SyntaxNode root = SyntaxParser.Parse(document.Text, document.Name, document.Format == DocumentFormat.Json);
        HoconValue value = new TreeBuilder(document, includes).Value(root);
        return value as HoconObject
            ?? throw new HoconException(HoconErrorKind.WrongType, value.Origin, "found an array as the whole document, allowed: an object");
    }

    private HoconValue Value(SyntaxNode node) => node switch
    {
        SimpleNode simple => Simple(simple.Token),
        ConcatenationNode concatenation => Concatenation.Of(concatenation.Pieces.ConvertAll(Value))!,
        ArrayNode array => ArrayOf(array),
        ObjectNode fields => ObjectOf(fields),
        _ => throw new InvalidOperationException($"{node.Origin}: no rule builds a {node.GetType().Name}"),
    };

    private static HoconValue Simple(Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Quoted:
            case TokenKind.Unquoted:
                return new HoconString(token.Origin, token.Text, token.Kind == TokenKind.Quoted);
            case TokenKind.Number when JavaNumber.TryParseInt64(token.Text, out long integer):
                return new HoconNumber(token.Origin, integer, token.Text);
            case TokenKind.Number when JavaNumber.TryParseDouble(token.Text, out double number):
                return new HoconNumber(token.Origin, number, token.Text);
            case TokenKind.Boolean:
                return new HoconBoolean(token.Origin, token.Text == "true");
            case TokenKind.Null:
                return new HoconNull(token.Origin);
            case TokenKind.Substitution:
                string? problem = PathReader.Read(token.Inside!, out HoconPath? path);
                return path is not null
                    ? new Substitution(token.Origin, path, token.Optional)
                    : throw new HoconException(HoconErrorKind.Parse, token.Origin, $"the substitution has no good path: {problem}");
            default:
                throw new InvalidOperationException($"{token.Origin}: a token of kind {token.Kind} is no value");
        }
    }

    private HoconArray ArrayOf(ArrayNode node)
    {
        _arrays++;
        HoconValue[] items = new HoconValue[node.Items.Count];
        for (int i = 0; i < items.Length; i++) items[i] = Value(node.Items[i]);
        _arrays--;
        return new HoconArray(node.Origin, items);
    }

    private HoconObject ObjectOf(ObjectNode node)
    {
        Enter(1, node.Origin);
        OrderedDictionary<string, HoconValue> fields = [];
        foreach (MemberNode member in node.Members)
        {
            if (member is FieldNode field) AddField(fields, field);
            else AddInclude(fields, (IncludeNode)member);
        }

        _depth--;
        return new HoconObject(node.Origin, fields);
    }

    private void AddField(OrderedDictionary<string, HoconValue> fields, FieldNode field)
    {
        Enter(field.Path.Length - 1, field.Origin);
        _keys.Push(field.Path);
        HoconValue value = field.Appends ? Appended(field) : Value(field.Value);
        _keys.Pop();
        _depth -= field.Path.Length - 1;

        ReadOnlySpan<string> elements = field.Path.Elements;
        for (int i = elements.Length - 1; i > 0; i--)
        {
            value = new HoconObject(field.Origin, new OrderedDictionary<string, HoconValue> { { elements[i], value } });
        }

        Set(fields, elements[0], value);
    }

    /// <summary><c>a += x</c> means <c>a = ${?a} [x]</c> (spec: the += field separator).</summary>
    private HoconValue Appended(FieldNode field)
    {
        // The path of the substitution cannot lead through an array.
        if (_arrays > 0)
        {
            throw new HoconException(
                HoconErrorKind.Parse,
                field.Origin,
                "found '+=' inside an array or inside the value of another '+=', allowed there: '=' or ':'");
        }

        _arrays++;
        HoconValue value = Value(field.Value);
        _arrays--;
        return Concatenation.Of([new Substitution(value.Origin, CurrentPath(), optional: true), new HoconArray(value.Origin, [value])])!;
    }

    private void AddInclude(OrderedDictionary<string, HoconValue> fields, IncludeNode include)
    {
        HoconObject included = _includes.Load(_document with { Nesting = _depth }, include);
        if (_arrays > 0 && !included.IsResolved)
        {
            throw new HoconException(
                HoconErrorKind.Parse,
                include.Origin,
                "found an include inside an array whose file has substitutions, allowed there: a file without");
        }

        if (_keys.Count > 0) included = (HoconObject)included.Relativized(CurrentPath());
        foreach (KeyValuePair<string, HoconValue> field in included) Set(fields, field.Key, field.Value);
    }

    private static void Set(OrderedDictionary<string, HoconValue> fields, string key, HoconValue value) =>
        fields[key] = fields.TryGetValue(key, out HoconValue? earlier) ? value.WithFallback(earlier) : value;

    private HoconPath CurrentPath()
    {
        HoconPath? path = null;
        foreach (HoconPath inner in _keys) path = path is null ? inner : inner.Append(path);
        return path!;
    }

    private void Enter(int levels, HoconOrigin origin)
    {
        _depth += levels;
        if (_depth > Nesting.DepthMax) throw Nesting.TooDeep(origin);
    }
}
