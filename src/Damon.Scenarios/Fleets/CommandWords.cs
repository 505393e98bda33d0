using System.Globalization;
using Damon.Hocon.Reading;
using Damon.Hocon.Units;
using Damon.Model;

namespace Damon.Scenarios.Fleets;

/// <summary>The words of a command, taken one after the other, each as what it has to be.</summary>
/// <param name="plan">The host that it is for.</param>
/// <param name="command">The command's own word.</param>
/// <param name="text">The words after it.</param>
internal sealed class CommandWords(HostPlan plan, string command, string text)
{
    private int _at;

    /// <summary>All words that are left.</summary>
    public string Rest()
    {
        string rest = text[Math.Min(_at, text.Length)..];
        _at = text.Length;
        return rest;
    }

    /// <summary>A whole number.</summary>
    public ulong Number(string what, ulong max)
    {
        ReadOnlySpan<char> word = Next();
        if (ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number <= max) return number;
        throw Refuse(word, string.Create(CultureInfo.InvariantCulture, $"{what}, 0..{max}"));
    }

    /// <summary>The index of a kdamond.</summary>
    public int Kdamond()
    {
        int count = plan.Settings.Kdamonds.Length;
        ReadOnlySpan<char> word = Next();
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int kdamond) && kdamond < count) return kdamond;
        throw Refuse(word, string.Create(CultureInfo.InvariantCulture, $"a kdamond of {plan.Settings.Name}, which has {count}, from 0"));
    }

    /// <summary>A goal's kdamond, scheme and index.</summary>
    public (int Kdamond, int Scheme, int Goal) Goal()
    {
        ReadOnlySpan<char> word = Next();
        Span<Range> parts = stackalloc Range[4];
        if (word.Split(parts, '.') == 3
            && int.TryParse(word[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out int kdamond)
            && int.TryParse(word[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out int scheme)
            && int.TryParse(word[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out int goal)) return (kdamond, scheme, goal);
        throw Refuse(word, "a goal as KDAMOND.SCHEME.GOAL, such as 0.0.0");
    }

    /// <summary>The index of a process, which is named. Those of slots are the placement's, which lets tenants go itself.</summary>
    public int Process()
    {
        string name = Rest();
        int[] processes = [.. Enumerable.Range(0, plan.Settings.Processes.Length).Where(i => plan.Tenants?.HasProcess(i) != true)];
        foreach (int i in processes)
        {
            if (plan.Settings.Processes[i].Name == name) return i;
        }

        string[] names = [.. processes.Select(i => plan.Settings.Processes[i].Name)];
        string allowed = names.Length == 0 ? "none, as the host has no processes" : string.Join(", ", names);
        throw Refuse(name, allowed + (NearestName.Find(name, names) is { } nearest ? $"; did you mean '{nearest}'?" : ""));
    }

    /// <summary>A node whose memory is the host's own.</summary>
    public NodeId OwnNode()
    {
        NodeId node = new((int)Number($"a node of {plan.Settings.Name}", (ulong)plan.Settings.Nodes.Length - 1));
        return plan.Pooled.Any(pooled => pooled.Node == node.Value) ? throw Refuse(node.ToString(), "a node that is not of the fleet's pool") : node;
    }

    /// <summary>A size, as pages.</summary>
    public ulong Pages(bool mayBeZero)
    {
        ReadOnlySpan<char> word = Next();
        ulong page = 1UL << plan.Settings.PageShift;
        if (HoconSize.TryParse(word.ToString(), out long bytes) && bytes >= (mayBeZero ? 0 : 1) && bytes < 1L << 52 && (ulong)bytes % page == 0)
            return (ulong)bytes / page;
        throw Refuse(word, $"a size such as 1GiB that is a multiple of {HoconSize.Format(page)}");
    }

    /// <summary>A duration in microseconds.</summary>
    public ulong DurationUs(string what, ulong max)
    {
        ReadOnlySpan<char> word = Next();
        bool hasUnit = word.Length > 0 && char.IsAsciiLetter(word[^1]);
        if (hasUnit && HoconDuration.TryParseExact(word.ToString(), out long ns) && ns >= 1_000 && ns % 1_000 == 0 && (ulong)ns / 1_000 <= max)
            return (ulong)ns / 1_000;
        throw Refuse(word, $"{what}, 1us..{HoconDuration.Format((long)max * 1_000).Replace(" ", "", StringComparison.Ordinal)}");
    }

    /// <summary>Makes sure that no word is left.</summary>
    public void End()
    {
        if (_at < text.Length) throw Refuse(text.AsSpan(_at), "nothing more");
    }

    /// <summary>The error about a word.</summary>
    public CommandException Refuse(ReadOnlySpan<char> word, string allowed) => new(word.IsEmpty
        ? $"{command}: found nothing more, allowed: {allowed}"
        : $"{command}: found '{CommandReader.Brief(word.ToString())}', allowed: {allowed}");

    private ReadOnlySpan<char> Next()
    {
        ReadOnlySpan<char> rest = text.AsSpan(Math.Min(_at, text.Length));
        int space = rest.IndexOf(' ');
        ReadOnlySpan<char> word = space < 0 ? rest : rest[..space];
        _at += word.Length + 1;
        return word;
    }
}
