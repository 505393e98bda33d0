using System.Text.Json;
using Damon.Model.Monitoring;

namespace Damon.Actors.Verification.Functions;

/// <summary>The random numbers of a context (section 1).</summary>
internal static class RandomVectors
{
    private const int Draws = 16;

    public static void Outputs(JsonElement vector, Comparison comparison)
    {
        var random = new Lfsr113(vector.U64("seed"));
        comparison.Expect("state", State(random));

        ulong[] outputs = new ulong[vector.GetProperty("u32").GetArrayLength()];
        for (int i = 0; i < outputs.Length; i++) outputs[i] = random.Next();
        comparison.Expect("u32", outputs);
    }

    public static void Between(JsonElement vector, Comparison comparison)
    {
        var random = new Lfsr113(vector.U64("seed"));
        ulong[] drawn = new ulong[Draws];
        for (int i = 0; i < Draws; i++) drawn[i] = random.Between(vector.U64("l"), vector.U64("r"));
        comparison.Expect("out", drawn);
        comparison.Expect("state_after", State(random));
    }

    private static ulong[] State(Lfsr113 random)
    {
        var (s1, s2, s3, s4) = random.State;
        return [s1, s2, s3, s4];
    }
}
