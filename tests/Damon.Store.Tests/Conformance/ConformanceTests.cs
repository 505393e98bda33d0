using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Conformance;

public sealed class ConformanceTests
{
    [Theory]
    [InlineData(1, 150)]
    [InlineData(2, 150)]
    [InlineData(3, 150)]
    public Task All_stores_answer_alike(int seed, int length) => CheckAsync(seed, length);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task All_stores_answer_alike_at_length()
    {
        for (int seed = 100; seed < 160; seed++) await CheckAsync(seed, 400);
    }

    [Fact]
    public async Task Sequences_get_somewhere()
    {
        Dictionary<string, int> seen = [];
        for (int seed = 1; seed <= 3; seed++)
        {
            await using TestStore store = await TestStore.CreateAsync("memory");
            Conversation conversation = new([store]);
            Assert.Null(await conversation.DifferenceAsync(Operations(seed, 150)));
            foreach ((string what, int times) in conversation.Seen) seen[what] = seen.GetValueOrDefault(what) + times;
        }

        Assert.All(
            ((string, int)[])[("committed", 40), ("deep", 20), ("lost", 1), ("partly lost", 1), ("claimed again", 2), ("accepted", 3), ("opened", 2), ("turned", 1)],
            one => Assert.True(seen.GetValueOrDefault(one.Item1) >= one.Item2, $"{one} in {string.Join(", ", seen)}"));
    }

    private static List<Operation> Operations(int seed, int length)
    {
        Random random = new(seed);
        return
        [
            .. Enumerable.Range(0, length).Select(_ => new Operation(
                random.Next(Conversation.Kinds), random.Next(1000), random.Next(1000), random.Next(1000))),
        ];
    }

    private static async Task CheckAsync(int seed, int length)
    {
        List<Operation> operations = Operations(seed, length);
        if (await DifferenceAsync(operations) is not { } difference) return;
        (operations, difference) = await ShrinkAsync(operations, difference);
        Assert.Fail($"seed {seed}, shortened to {operations.Count} operations:\n{string.Join('\n', operations)}\n{difference}");
    }

    private static async Task<string?> DifferenceAsync(IReadOnlyList<Operation> operations)
    {
        List<TestStore> stores = [];
        try
        {
            foreach (string kind in (string[])["memory", "sqlite", "postgres"]) stores.Add(await TestStore.CreateAsync(kind));
            return await new Conversation(stores).DifferenceAsync(operations);
        }
        finally
        {
            foreach (TestStore store in stores) await store.DisposeAsync();
        }
    }

    /// <summary>Leaves out ever smaller pieces as long as there is a difference.</summary>
    private static async Task<(List<Operation> Operations, string Difference)> ShrinkAsync(List<Operation> operations, string difference)
    {
        int tries = 0;
        for (int piece = operations.Count / 2; piece > 0; piece /= 2)
        {
            for (int at = 0; at + piece <= operations.Count && tries++ < 100;)
            {
                List<Operation> shorter = [.. operations.Take(at), .. operations.Skip(at + piece)];
                if (await DifferenceAsync(shorter) is { } still) (operations, difference) = (shorter, still);
                else at += piece;
            }
        }

        return (operations, difference);
    }
}
