using System.Globalization;
using System.Text.Json.Nodes;
using Damon.Hocon.Units;

namespace Damon.Scenarios.Schema;

/// <summary>JSON Schemas of single values, by the types that hocon/reference.conf gives its keys.</summary>
internal static class ValueSchema
{
    private const string WholeNumber = @"^\s*[+-]?[0-9]+\s*$";
    private const string Number = @"^\s*[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$";

    /// <summary>What a key's values look like, objects and lists of objects apart.</summary>
    /// <exception cref="InvalidOperationException">The reference gives the key a type that is not among those known.</exception>
    public static JsonObject Of(ReferenceKey key) => key.Type switch
    {
        "text" or "file" => Types("string", "number", "boolean"),
        "on or off" => Words("on", "off", "yes", "no", "true", "false", true, false),
        "one of" => Words([.. key.Range!.Split(", ").Select(word => (JsonNode)word)]),
        "whole number" => OrText(Bounded("integer", key.Range!), WholeNumber),
        "number" => OrText(Bounded("number", key.Range!), Number),
        "duration" => OrText(Types("number"), HoconDuration.Pattern),
        "size" => OrText(Types("number"), HoconSize.Pattern),
        "ratio" => Text(HoconRatio.Pattern),
        "node" => OrText(Node(), WholeNumber),
        "node or none" => AnyOf(Node(), Text(WholeNumber), Words("none")),
        "list of whole numbers" => List(OrText(Bounded("integer", key.Range!), WholeNumber)),
        "list of numbers" => List(OrText(Bounded("number", key.Range!), Number)),
        "list of values" => List(DrawOrAnything()),
        "list of damo's kdamonds" => List(Types("object")),
        "object of anything" => Types("object"),
        "value like that which is drawn" => AnyOf(Types("number"), Text(HoconDuration.Pattern), Text(HoconSize.Pattern), Text(HoconRatio.Pattern)),
        _ => throw new InvalidOperationException($"reference.conf gives {key.Path} the type '{key.Type}', which no schema is known for"),
    };

    public static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };

    public static JsonObject Reference(string pointer) => new() { ["$ref"] = pointer };

    public static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    public static JsonObject Types(params string[] types) =>
        new() { ["type"] = types.Length == 1 ? types[0] : new JsonArray([.. types.Select(type => (JsonNode)type)]) };

    private static JsonObject Words(params JsonNode[] words) => new() { ["enum"] = new JsonArray(words) };

    private static JsonObject Text(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject OrText(JsonObject schema, string pattern) => AnyOf(schema, Text(pattern));

    private static JsonObject Node() => new() { ["type"] = "integer", ["minimum"] = 0 };

    private static JsonObject DrawOrAnything() => new()
    {
        ["if"] = new JsonObject { ["type"] = "object", ["required"] = new JsonArray("draw") },
        ["then"] = Reference("#/$defs/draw"),
    };

    private static JsonObject Bounded(string type, string range)
    {
        string[] ends = range.Split("..");
        return new JsonObject { ["type"] = type, ["minimum"] = End(ends[0]), ["maximum"] = End(ends[1]) };
    }

    private static decimal End(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
