using System.Text.Json;
using System.Text.Json.Serialization;
using Damon.Serve.Api;
using Damon.Serve.Security;

namespace Damon.Serve;

/// <summary>The JSON of the API: snake_case names, unknown names are refused.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(NewRun))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(IReadOnlyList<RunView>))]
[JsonSerializable(typeof(NewCommand))]
[JsonSerializable(typeof(NewFeed))]
[JsonSerializable(typeof(CommandView))]
[JsonSerializable(typeof(StateView))]
[JsonSerializable(typeof(IReadOnlyList<NodeView>))]
[JsonSerializable(typeof(IReadOnlyList<ShardView>))]
[JsonSerializable(typeof(MetricNamesView))]
[JsonSerializable(typeof(SeriesView))]
// What paths and queries hold: the document of the API describes it.
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(int?))]
internal sealed partial class ApiJson : JsonSerializerContext;
