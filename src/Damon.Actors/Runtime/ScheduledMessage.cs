namespace Damon.Actors.Runtime;

/// <summary>A message that is due later, and may be cancelled until it is delivered (a periodic one at any time).</summary>
public readonly struct ScheduledMessage
{
    private readonly Mailbox? _mailbox;
    private readonly int _slot;
    private readonly uint _generation;

    internal ScheduledMessage(Mailbox mailbox, int slot, uint generation)
    {
        _mailbox = mailbox;
        _slot = slot;
        _generation = generation;
    }

    /// <summary>Whether the message is still to be delivered.</summary>
    public bool IsActive => _mailbox is not null && _mailbox.IsActive(_slot, _generation);

    /// <summary>Takes the message back. False if it was delivered or cancelled before.</summary>
    public bool Cancel() => _mailbox is not null && _mailbox.Cancel(_slot, _generation);
}
