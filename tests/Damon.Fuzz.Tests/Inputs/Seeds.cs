using System.Text.Json;
using System.Text.RegularExpressions;

namespace Damon.Fuzz.Tests.Inputs;

/// <summary>Inputs that are known to mean something: those recorded of the real readers, and the project's own files.</summary>
public static partial class Seeds
{
    /// <summary>Words of damo's command lines.</summary>
    public static IReadOnlyList<string[]> CommandLines { get; } =
        [.. Cases("ok").Concat(Cases("err")).Select(one => one.GetProperty("argv").EnumerateArray().Select(word => word.GetString()!).ToArray())];

    /// <summary>HOCON documents.</summary>
    public static IReadOnlyList<string> HoconTexts { get; } =
        [.. Array("hocon/cases.visible.json").SelectMany(one => one.GetProperty("files").EnumerateObject()).Select(file => file.Value.GetString() ?? "")];

    /// <summary>Scenarios, with one host of a template: each host is read, so that thousands take seconds rightly.</summary>
    public static IReadOnlyList<string> Scenarios { get; } = [.. Texts("scenarios", "*.conf").Select(text => HostCount().Replace(text, ""))];

    /// <summary>Records, as the bytes of their files.</summary>
    public static IReadOnlyList<byte[]> Records { get; } = [.. Files("damo/records", "*.data").Select(File.ReadAllBytes)];

    /// <summary>Documents of damo's kdamonds.</summary>
    public static IReadOnlyList<string> Documents { get; } = Texts("damo/records", "*.kdamonds");

    private static IEnumerable<JsonElement> Cases(string name) => Array($"damo/{name}.visible.json");

    private static IEnumerable<JsonElement> Array(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Seeds", file)), new JsonDocumentOptions { MaxDepth = 1_000 }).RootElement.EnumerateArray();

    private static string[] Texts(string folder, string pattern) => [.. Files(folder, pattern).Select(File.ReadAllText)];

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Seeds", folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"(hosts\.\w+\.)?\bcount = \d+,?")]
    private static partial Regex HostCount();
}
