using System.Diagnostics;
using Damon.Store.Faults;
using Damon.Store.Tests.Databases;

namespace Damon.Store.Tests.Faults;

public sealed class FaultPointTests
{
    private const int Killed = 128 + 9;

    private sealed class DeathException : Exception;

    public static TheoryData<string, string> EveryPoint
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string kind in (string[])["sqlite", "postgres"])
                foreach (FaultPoint point in Enum.GetValues<FaultPoint>()) all.Add(kind, point.ToString());
            return all;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_run_survives_a_death_at_every_step(bool inOneTrip) => DieAsync("sqlite", inOneTrip, Enum.GetValues<FaultPoint>());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_run_survives_a_death_in_the_cluster(bool inOneTrip) =>
        DieAsync("postgres", inOneTrip, FaultPoint.CommitFence, FaultPoint.CommitDone, FaultPoint.ClaimTake, FaultPoint.OpenMark, FaultPoint.SendDone);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Category", "Slow")]
    public Task A_run_survives_a_death_at_every_step_in_the_cluster(bool inOneTrip) => DieAsync("postgres", inOneTrip, Enum.GetValues<FaultPoint>());

    /// <summary>Dies in this process, as far as the store can tell: nothing after the point is done.</summary>
    private static async Task DieAsync(string kind, bool inOneTrip, params FaultPoint[] points)
    {
        foreach (FaultPoint point in points)
        {
            await using TestStore test = await TestStore.CreateAsync(kind);
            string name = point.ToString();
            // What happens in each window or at each claim dies at its second time, in the middle of the run.
            int time = name.StartsWith("Commit", StringComparison.Ordinal) || name.StartsWith("Open", StringComparison.Ordinal)
                || name.StartsWith("Claim", StringComparison.Ordinal) ? 2 : 1;
            StoreOptions options = new() { Faults = FaultInjection.Parse($"{point}:{time}", () => throw new DeathException()) };
            await using (IRunStore mortal = await test.OpenAnotherAsync(options))
                await Assert.ThrowsAsync<DeathException>(() => Journey.RunAsync(mortal, inOneTrip));
            await Journey.RunAsync(test.Store, inOneTrip);
            await Journey.CheckAsync(test.Store);
        }
    }

    [Theory]
    [InlineData("sqlite", "CommitPrune")]
    [InlineData("postgres", "CommitPrune")]
    public Task A_run_survives_a_kill_in_a_commit(string kind, string point) => KillAsync(kind, point);

    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(EveryPoint))]
    public Task A_run_survives_a_kill_at_every_step(string kind, string point) => KillAsync(kind, point);

    private static async Task KillAsync(string kind, string point)
    {
        await using TestStore test = await TestStore.CreateAsync(kind);
        ProcessStartInfo start = new("dotnet", [typeof(FaultPointTests).Assembly.Location, kind, test.Place]) { RedirectStandardError = true };
        start.Environment[FaultInjection.Variable] = $"{point}:1";
        using (Process process = Process.Start(start)!)
        {
            string errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == Killed, $"ended with {process.ExitCode}: {errors}");
        }

        await Journey.RunAsync(test.Store, inOneTrip: true);
        await Journey.CheckAsync(test.Store);
    }

    [Theory]
    [InlineData("Commit:1")]
    [InlineData("CommitFence")]
    [InlineData("CommitFence:0")]
    [InlineData("CommitFence:x")]
    [InlineData("3:1")]
    [InlineData("commitfence:1")]
    public void A_fault_that_does_not_exist_is_told_with_those_that_do(string text)
    {
        ArgumentException refused = Assert.Throws<ArgumentException>(() => FaultInjection.Parse(text, () => { }));
        Assert.Contains($"found '{text}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(FaultPoint.CommitFence), refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fires_once_at_the_nth_time()
    {
        int fired = 0;
        FaultInjection faults = FaultInjection.Parse("OpenMark:3", () => fired++)!;
        for (int i = 1; i <= 5; i++)
        {
            faults.Reached(FaultPoint.OpenMark);
            faults.Reached(FaultPoint.OpenDone);
            Assert.Equal(i < 3 ? 0 : 1, fired);
        }
    }
}
