using Damon.Store.Runs;

namespace Damon.Store.Commands;

/// <summary>The rule by which every store accepts a command.</summary>
internal static class Acceptance
{
    /// <summary>What a command is answered that was not sent before.</summary>
    /// <param name="progress">The run, locked against its window being opened meanwhile.</param>
    /// <param name="final">The run's final window.</param>
    /// <param name="command">The command.</param>
    public static CommandReceipt Of(RunProgress progress, Window final, CommandRequest command)
    {
        if (progress.State.IsOver()) return CommandReceipt.Refused(CommandRefusal.RunIsOver);
        // Workers may compute the open window now, and may have begun the next one by the time that they read this command.
        Window effective = progress.OpenWindow.Next.Next;
        if (command.Earliest is { } earliest && earliest > effective) effective = earliest;
        return effective > final
            ? CommandReceipt.Refused(CommandRefusal.TooLate)
            : new CommandReceipt(progress.LastCommand + 1, effective);
    }
}
