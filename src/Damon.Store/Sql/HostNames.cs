using System.Text.Json.Serialization;

namespace Damon.Store.Sql;

/// <summary>How the hosts of a command are written.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class HostNames : JsonSerializerContext;
