using System.Diagnostics;
using System.Globalization;
using Damon.Host.Commands.Store;
using Damon.Store.Runs;

namespace Damon.Host.Output;

/// <summary>A line on stderr while a kept run is computed, rewritten a few times a second; nothing when stderr is not a terminal.</summary>
/// <param name="id">The run.</param>
internal sealed class RunProgressLine(RunId id) : IDisposable
{
    private const string ClearLine = "\r\u001b[K";

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _writing = new();
    private long? _firstDone;
    private bool _isOver;

    /// <summary>Shows how the run stands.</summary>
    public void Show(Run run)
    {
        if (!Terminal.IsLive) return;
        lock (_writing)
        {
            if (_isOver) return;
            _firstDone ??= run.DoneWindow.Number;
            double virtualSeconds = (run.DoneWindow.Number - _firstDone.Value) * (run.WindowNanoseconds / 1e9);
            string speed = string.Create(CultureInfo.InvariantCulture, $"{virtualSeconds / Math.Max(_watch.Elapsed.TotalSeconds, 0.001):0}");
            Console.Error.Write($"{ClearLine}run {id}  {RunsCommand.Reached(run)}  {speed} x real time");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            if (!_isOver && Terminal.IsLive) Console.Error.Write(ClearLine);
            _isOver = true;
        }
    }
}
