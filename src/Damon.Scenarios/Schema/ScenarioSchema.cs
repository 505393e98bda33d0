using System.Text.Json.Nodes;
using Damon.Hocon;
using Damon.Scenarios.Reading;

namespace Damon.Scenarios.Schema;

/// <summary>
/// The JSON Schema (draft 2020-12) of scenarios, made of hocon/reference.conf. It holds for scenarios written as JSON and for what
/// <c>damon config dump</c> makes of HOCON. It knows keys, types, words and the ranges of plain numbers; what only several keys
/// together, or a machine, make right or wrong is for the reader.
/// </summary>
public sealed class ScenarioSchema
{
    private const string Defs = "#/$defs/";

    private readonly Dictionary<string, ReferenceKey> _keys;
    private readonly JsonObject _definitions = [];
    private readonly Queue<(string Name, bool Drawable)> _wanted = [];

    private ScenarioSchema(string referenceText) => _keys = ReferenceComments.Read(referenceText).ToDictionary(key => key.Path, StringComparer.Ordinal);

    /// <summary>The schema of the scenarios that this program reads.</summary>
    public static JsonObject Create() => new ScenarioSchema(Reference.Text).Root(Reference.Root);

    private JsonObject Root(HoconObject reference)
    {
        var each = (HoconObject)reference["each"];
        var host = (HoconObject)each["host"];
        JsonObject properties = [];
        foreach ((string name, HoconValue value) in reference)
        {
            if (name != "each") properties.Add(name, Property(name, value, drawable: host.ContainsKey(name)));
        }

        Want("draw", drawable: false);
        while (_wanted.TryDequeue(out (string Name, bool Drawable) wanted))
        {
            if (!_definitions.ContainsKey(wanted.Name)) _definitions.Add(wanted.Name, Definition(wanted.Name, each, wanted.Drawable));
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A scenario of Damon.Actors",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["$defs"] = _definitions,
        };
    }

    /// <summary>The schema of a key's value; null, which counts as not set, is always one.</summary>
    private JsonObject Property(string path, HoconValue fallback, bool drawable)
    {
        ReferenceKey key = _keys[path];
        JsonObject schema = key.Type is null ? Group(path, (HoconObject)fallback, drawable) : Value(key);
        List<JsonNode> allowed = [schema];
        if (drawable) allowed.Add(ValueSchema.Reference(Defs + "draw"));
        allowed.Add(ValueSchema.Types("null"));
        JsonObject described = ValueSchema.AnyOf([.. allowed]);
        string about = key.Bracket.Length == 0 ? key.About : $"{key.About} [{key.Bracket}]".TrimStart();
        if (about.Length > 0) described.Add("description", about);
        if (key.Type is not null && fallback is not HoconNull) described.Add("default", JsonNode.Parse(Hocon.Rendering.JsonRenderer.Render(fallback)));
        return described;
    }

    private JsonObject Value(ReferenceKey key) => key.Type switch
    {
        "object" => Keys(key),
        "list" => ValueSchema.List(ItemOf(key)),
        "object of named objects" => new JsonObject { ["type"] = "object", ["additionalProperties"] = ItemOf(key) },
        "as at the root" => ValueSchema.Reference($"#/properties/{key.Path[(key.Path.LastIndexOf('.') + 1)..]}"),
        _ => ValueSchema.Of(key),
    };

    /// <summary>An object that comes in numbers. Hosts and what belongs to the fleet is never drawn, and so nothing at their places is.</summary>
    private JsonObject ItemOf(ReferenceKey key)
    {
        if (key.Path == "hosts" || key.Path.StartsWith("fleet.", StringComparison.Ordinal)) return Keys(key, drawable: false);
        return ValueSchema.AnyOf(Keys(key), ValueSchema.Reference(Defs + "draw"));
    }

    private JsonObject Keys(ReferenceKey key, bool? drawable = null)
    {
        string name = key.KeysAsIn ?? throw new InvalidOperationException($"reference.conf does not say 'keys as in each....' of {key.Path}");
        Want(name, drawable ?? !key.Path.StartsWith("fleet.", StringComparison.Ordinal));
        return ValueSchema.Reference(Defs + name);
    }

    private void Want(string name, bool drawable) => _wanted.Enqueue((name, drawable));

    private JsonObject Definition(string name, HoconObject each, bool drawable)
    {
        var fields = (HoconObject)each[name];
        JsonObject schema = Group($"each.{name}", fields, drawable);
        if (_keys[$"each.{name}"].About is { Length: > 0 } about) schema.Add("description", about);
        if (_keys.GetValueOrDefault($"each.{name}.kind") is { Type: "one of" } kind) AddKinds(schema, kind, each, drawable);
        return schema;
    }

    private JsonObject Group(string path, HoconObject fields, bool drawable)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach ((string name, HoconValue value) in fields)
        {
            string below = $"{path}.{name}";
            properties.Add(name, Property(below, value, drawable && _keys[below].Path != "each.host.count"));
            if (_keys[below].IsRequired) required.Add((JsonNode)name);
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0) schema.Add("required", required);
        return schema;
    }

    /// <summary>Adds the keys that each kind has beside those of all kinds.</summary>
    private void AddKinds(JsonObject schema, ReferenceKey kind, HoconObject each, bool drawable)
    {
        schema.Remove("additionalProperties");
        JsonArray kinds = [];
        foreach (string word in kind.Range!.Split(", "))
        {
            JsonObject keys = each.TryGetValue(word, out HoconValue? fields) ? Group($"each.{word}", (HoconObject)fields, drawable) : [];
            keys.Remove("additionalProperties");
            kinds.Add((JsonNode)Implies(IsKind(word, named: _keys.GetValueOrDefault($"each.{word}.{word}")?.Type == "file"), keys));
        }

        // A kind that is drawn may be any of them, and so may the keys.
        JsonObject drawn = new() { ["properties"] = new JsonObject { ["kind"] = ValueSchema.Types("object") }, ["required"] = new JsonArray("kind") };
        kinds.Add((JsonNode)Implies(drawn, new JsonObject { ["additionalProperties"] = true }));
        schema.Add("allOf", kinds);
        schema.Add("unevaluatedProperties", false);
    }

    /// <summary>Holds for objects of a kind: they say so, or they name the file that only this kind has.</summary>
    private static JsonObject IsKind(string word, bool named)
    {
        JsonObject said = new()
        {
            ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["const"] = word } },
            ["required"] = new JsonArray("kind"),
        };
        if (!named) return said;
        JsonObject file = new()
        {
            ["not"] = new JsonObject { ["required"] = new JsonArray("kind") },
            ["required"] = new JsonArray(word),
        };
        return ValueSchema.AnyOf(said, file);
    }

    private static JsonObject Implies(JsonObject condition, JsonObject consequence) => new() { ["if"] = condition, ["then"] = consequence };
}
