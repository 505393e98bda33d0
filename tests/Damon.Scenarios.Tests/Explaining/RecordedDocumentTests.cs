using System.Text.Json;
using Damon.Damo;
using Damon.Damo.Notices;
using Damon.Damo.Reading;
using Damon.Damo.Trees;
using Damon.Scenarios.Explaining;

namespace Damon.Scenarios.Tests.Explaining;

/// <summary>Every document that damo was recorded to make can be explained.</summary>
public class RecordedDocumentTests
{
    [Fact]
    public void Every_recorded_document_is_explained()
    {
        using JsonDocument recorded = JsonDocument.Parse(Explained.TestFile("Golden", "damo", "ok.visible.json"));
        int explained = 0;
        foreach (JsonElement item in recorded.RootElement.EnumerateArray())
        {
            if (Explain(item) is not { } explanation) continue;
            explained++;
            string text = ExplanationText.Render(explanation);
            Assert.All(explanation.Contexts, context => Assert.Contains($"{context.Where} {context.Summary}", text));
            using JsonDocument tree = JsonDocument.Parse(JsonTree.Write(ExplanationTree.Of(explanation)));
            Assert.Equal(explanation.Findings.Length, tree.RootElement.GetProperty("traps").GetArrayLength());
        }

        Assert.InRange(explained, recorded.RootElement.GetArrayLength() * 9 / 10, int.MaxValue);
    }

    /// <summary>The explanation; null when the document cannot be handed to any kernel.</summary>
    private static Explanation? Explain(JsonElement item)
    {
        List<Notice> notices = [];
        string json = $"{{\"kdamonds\": {item.GetProperty("kdamonds").GetRawText()}}}";
        try
        {
            return Explanation.Of(Configuration.Of(new DocumentReader(notices).Read(json, "recorded"), notices, KnownMachine.Default));
        }
        catch (DamoException)
        {
            return null;
        }
    }
}
