using System.Diagnostics;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests;

public sealed class NewsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Theory]
    [MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_submitted_run_wakes_those_who_wait(string kind)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        // Other processes hear it from PostgreSQL only.
        await using IRunStore listener = kind == "postgres" ? await test.OpenAnotherAsync() : test.Store;
        long seen = listener.News;
        Task waiting = listener.WaitForNewsAsync(seen, Long);
        long began = Stopwatch.GetTimestamp();
        await test.Store.SubmitAsync(Samples.Submission());
        await waiting;
        Assert.True(Stopwatch.GetElapsedTime(began) < Long);
        Assert.NotEqual(seen, listener.News);
        // What was seen before is over already.
        await listener.WaitForNewsAsync(seen, Long);
    }

    [Fact]
    public async Task Waiting_ends_with_its_time_or_its_caller()
    {
        await using TestStore test = await TestStore.CreateAsync("memory");
        await test.Store.WaitForNewsAsync(test.Store.News, TimeSpan.FromMilliseconds(1));
        using CancellationTokenSource over = new(TimeSpan.FromMilliseconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.Store.WaitForNewsAsync(test.Store.News, Long, over.Token));
    }
}
