using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Conformance;

public sealed class ConformanceTests
{
    [Theory]
    [InlineData(1, 120)]
    [InlineData(2, 120)]
    [InlineData(3, 120)]
    public Task All_stores_answer_alike(int seed, int length) => CheckAsync(seed, length);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task All_stores_answer_alike_at_length()
    {
        for (int seed = 100; seed < 160; seed++) await CheckAsync(seed, 400);
    }

    private static async Task CheckAsync(int seed, int length)
    {
        Random random = new(seed);
        List<Operation> operations =
        [
            .. Enumerable.Range(0, length).Select(_ => new Operation(
                random.Next(Conversation.Kinds), random.Next(1000), random.Next(1000), random.Next(1000))),
        ];
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
