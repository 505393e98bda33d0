using System.Text.Json;
using Damon.Damo.Document;
using Damon.Damo.Environment;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Staging;
using Damon.Damo.Writing;

namespace Damon.Damo.Tests.Document;

public class RoundTripTests
{
    // A printed "max" rate is reread through a division by 100, which adds one (spec section 8).
    private const string MaxRate = "18,446,744,073,709,551,615 %";
    private const string MaxRateReread = "18,446,744,073,709,551,616 %";

    /// <summary>The documents of all recorded cases that need no file and do not print plain digits, which are not to be reread.</summary>
    private static List<(string Id, DamoDocument Document)> Recorded()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "ok.visible.json")));
        var documents = new List<(string, DamoDocument)>();
        foreach (JsonElement item in cases.RootElement.EnumerateArray())
        {
            if (item.TryGetProperty("files", out JsonElement files) && files.ValueKind != JsonValueKind.Null) continue;
            string[] argv = [.. item.GetProperty("argv").EnumerateArray().Select(word => word.GetString()!)];
            var environment = DamoEnvironment.Default with { HasSampleControl = true };
            documents.Add((item.GetProperty("id").GetString()!, DamoCommand.Parse(argv, environment).Document));
        }

        return documents;
    }

    [Theory]
    [InlineData(OutputFormat.Json, "x.json")]
    [InlineData(OutputFormat.Yaml, "x.yaml")]
    public void Every_recorded_document_is_written_read_and_written_alike(OutputFormat format, string name)
    {
        List<(string Id, DamoDocument Document)> recorded = Recorded();
        Assert.True(recorded.Count > 130);
        foreach ((string id, DamoDocument document) in recorded)
        {
            var options = new WriteOptions(format);
            string text = DocumentWriter.Write(document, options);
            var notices = new List<Notice>();
            DamoDocument reread = new DocumentReader(notices).Read(text, name);
            Assert.True(text.Replace(MaxRate, MaxRateReread) == DocumentWriter.Write(reread, options).Replace(MaxRate, MaxRateReread), id);
            Assert.Empty(notices);
        }
    }

    [Fact]
    public void Json_and_yaml_hold_the_same_document()
    {
        foreach ((string id, DamoDocument document) in Recorded())
        {
            DamoDocument json = new DocumentReader([]).Read(DocumentWriter.Write(document, new(OutputFormat.Json)), "x.json");
            DamoDocument yaml = new DocumentReader([]).Read(DocumentWriter.Write(document, new(OutputFormat.Yaml)), "x.yaml");
            Assert.True(json == yaml, id);
        }
    }

    [Fact]
    public void A_document_that_loses_nothing_in_print_is_equal_after_reading()
    {
        DamoDocument document = Commands.Args(
            "--numa_node 0 1 --monitoring_intervals_goal 4% 3 5ms 10s --probe_filter reject non memcg /a --pause_ctx 0 "
            + "--damos_action migrate_hot 0 3 1 1 --damos_access_rate 5 50 --damos_age 5s 1h --damos_sz_region 4K 8G --damos_apply_interval 1s "
            + "--damos_quota_interval 1s --damos_quota_space 200M --damos_quota_goal node_memcg_used_bp 29.7% 0 /w/a --damos_wmarks free_mem_rate 5s 50% 40% 20% "
            + "--damos_filter allow memcg /w/a reject none young allow addr 1G 2G allow target 0 allow hugepage_size 4K 3M").Document;
        DamoDocument reread = new DocumentReader([]).Read(DocumentWriter.Write(document, new()), "x.json");
        Scheme scheme = document.Kdamonds[0].Contexts[0].Schemes[0];
        // 29.7 % is 2970.0000000000005 bp, printed as 2,970.
        scheme = scheme with { Quotas = scheme.Quotas with { Goals = [scheme.Quotas.Goals[0] with { TargetValue = 2970 }] } };
        scheme = scheme with { AccessPattern = scheme.AccessPattern with { AccessRate = reread.Kdamonds[0].Contexts[0].Schemes[0].AccessPattern.AccessRate } };
        MonitoringContext context = document.Kdamonds[0].Contexts[0] with { Schemes = [scheme] };
        Assert.Equal(new DamoDocument([document.Kdamonds[0] with { Contexts = [context] }]), reread);
    }

    [Fact]
    public void A_weight_of_a_probe_is_written_only_where_there_is_one()
    {
        DamoDocument plain = Commands.Args("--probe_filter allow anon").Document;
        Assert.DoesNotContain("weight\": \"1", DocumentWriter.Write(plain, new()), StringComparison.Ordinal);
        Assert.DoesNotContain(Stager.Stage(plain).Writes, write => write.Path.EndsWith("/weight", StringComparison.Ordinal));

        MonitoringContext context = plain.Kdamonds[0].Contexts[0];
        DamoDocument weighted = new([plain.Kdamonds[0] with { Contexts = [context with { Probes = [context.Probes[0] with { Weight = 1234 }] }] }]);
        Assert.Equal(weighted, new DocumentReader([]).Read(DocumentWriter.Write(weighted, new()), "x.json"));
        Assert.Equal(weighted, new DocumentReader([]).Read(DocumentWriter.Write(weighted, new(OutputFormat.Yaml)), "x.yaml"));
        Assert.Contains(
            Stager.Stage(weighted).Writes, write => write == new SysfsWrite("0/contexts/0/monitoring_attrs/probes/0/weight", "1234"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("yes")]
    [InlineData("5 %")]
    [InlineData("1,000")]
    [InlineData("it's: a # \"path\"\twith\nall \u00e9\\")]
    [InlineData("- x")]
    [InlineData(" ")]
    [InlineData("")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("~")]
    public void Texts_that_look_like_something_else_survive(string path)
    {
        DamoDocument document = DamoCommand.Parse(
            ["args", "damon", "--damos_action", "stat", "--damos_filter", "allow", "memcg", path], DamoEnvironment.Default).Document;
        foreach ((OutputFormat format, string name) in new[] { (OutputFormat.Json, "x.json"), (OutputFormat.Yaml, "x.yaml") })
        {
            DamoDocument reread = new DocumentReader([]).Read(DocumentWriter.Write(document, new(format)), name);
            Assert.Equal(path, reread.Kdamonds[0].Contexts[0].Schemes[0].Filters[0].MemcgPath);
        }
    }
}
