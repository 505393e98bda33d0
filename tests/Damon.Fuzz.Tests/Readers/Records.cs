using System.IO.Compression;
using System.Text;
using Damon.Damo;
using Damon.Damo.Records;
using Damon.Fuzz.Tests.Inputs;
using Damon.Hocon;
using Damon.Scenarios.Reading;

namespace Damon.Fuzz.Tests.Readers;

/// <summary>Records of damo in all their forms, as reports walk over them and as workloads are made of them.</summary>
public sealed class Records : FuzzedReader
{
    /// <summary>A record as JSON.</summary>
    internal const string Plain =
        """[{"target_id":0,"intervals":{"sample_us":5000,"aggr_us":100000,"ops_update_us":1000000},"snapshots":[{"start_time":0,"end_time":100000000,"regions":[{"start":4294967296,"end":4303355904,"nr_accesses":{"samples":3},"age":{"usec":null,"aggr_intervals":7}}]}]}]""";

    private const string Script =
        "kdamond.0  4452 [000]   100.100000: damon:damon_aggregated: target_id=0 nr_regions=2 4294967296-4303355904: 3 7\n"
        + "kdamond.0  4452 [000]   100.100001: damon:damon_aggregated: target_id=0 nr_regions=2 4303355904-4311744512: 0 2\n";

    private static readonly string[] s_good = [Plain, Script, .. Seeds.Records.Select(Unpacked)];

    private static readonly Grammar s_grammar = new(new Dictionary<string, string[]>
    {
        ["record"] = ["[<one>]", "[<one>, <one>]", "<lines>", "{\"kdamonds\": <value>}"],
        ["one"] = ["{\"target_id\": <number>, \"intervals\": <intervals>, \"snapshots\": [<snapshots>]}", "{\"snapshots\": [<snapshots>]}", "<value>"],
        ["intervals"] = ["{\"sample_us\": <number>, \"aggr_us\": <number>, \"ops_update_us\": <number>}", "<value>"],
        ["snapshots"] = ["<snapshot>", "<snapshot>, <snapshots>"],
        ["snapshot"] = ["{\"start_time\": <number>, \"end_time\": <number>, \"regions\": [<regions>]}", "{\"regions\": [<regions>]}", "<value>"],
        ["regions"] = ["<region>", "<region>, <regions>"],
        ["region"] = ["{\"start\": <number>, \"end\": <number>, \"nr_accesses\": {\"samples\": <number>}, \"age\": {\"aggr_intervals\": <number>}}", "{\"start\": \"<number>\", \"end\": <value>}", "<value>"],
        ["value"] = ["null", "<number>", "\"x\"", "[]", "{}", "{\"min\": <value>}", "[<value>, <value>]"],
        ["lines"] = ["<line>", "<line>\n<lines>"],
        ["line"] = ["kdamond.0 1 [000] <number>.<number>: damon:damon_aggregated: target_id=<number> nr_regions=<number> <number>-<number>: <number> <number>", "<number>", "# x"],
    });

    public override byte[] Make(Dice dice)
    {
        string text = dice.Below(3) switch
        {
            0 => s_grammar.Make("record", dice),
            1 => Mutation.Of(s_grammar.Make("record", dice), s_good, dice),
            _ => Mutation.Of(dice.Of(s_good), s_good, dice),
        };
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return dice.Below(4) switch
        {
            0 => Packed(bytes),
            1 => Mutation.Of(Packed(bytes), dice),
            2 => Mutation.Of(dice.Of(Seeds.Records), dice),
            _ => bytes,
        };
    }

    public override string? Read(byte[] input)
    {
        List<string> refusals = [];
        Refusal(refusals, () =>
        {
            RecordSeries series = new(RecordFile.Open(() => new MemoryStream(input, writable: false), "fuzzed.data"));
            foreach (RecordedSnapshot _ in series.Snapshots()) { }
        });
        string text = Encoding.UTF8.GetString(input);
        Refusal(refusals, () => KdamondsFile.Read(text, "fuzzed.data.kdamonds"));
        Refusal(refusals, () => FootprintFile.Read(text, "fuzzed.data.mem_footprint"));
        Refusal(refusals, () => ScenarioReader.Load("replay.conf", files: new OneRecord(input)));
        return refusals.Count == 4 ? string.Join(" / ", refusals) : null;
    }

    private static void Refusal(List<string> refusals, Action read)
    {
        try
        {
            read();
        }
        catch (DamoException error)
        {
            refusals.Add(error.Message);
        }
        catch (HoconException error)
        {
            refusals.Add(string.Join(" / ", error.All.Select(one => one.Message)));
        }
    }

    private static byte[] Packed(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Fastest)) zlib.Write(bytes);
        return packed.ToArray();
    }

    private static string Unpacked(byte[] bytes)
    {
        using StreamReader text = new(new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    /// <summary>A scenario that replays the record.</summary>
    private sealed class OneRecord(byte[] record) : HoconFiles
    {
        public override bool Exists(string path) => path is "replay.conf" or "fuzzed.data";

        public override string ReadText(string path) =>
            path == "replay.conf" ? "cgroups.\"/a\".workload.replay = \"fuzzed.data\"" : throw new FileNotFoundException(path);

        public override byte[] ReadBytes(string path) => record;
    }
}
