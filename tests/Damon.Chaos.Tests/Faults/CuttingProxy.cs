using System.Net;
using System.Net.Sockets;

namespace Damon.Chaos.Tests.Faults;

/// <summary>
/// A proxy between workers and their database that can cut all connections through it, at whatever byte they are, or
/// refuse new ones for a while.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private readonly Task _accepting;
    private readonly int _to;
    private volatile bool _isClosed;

    public CuttingProxy(int to)
    {
        _to = to;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts every connection.</summary>
    /// <returns>How many there were.</returns>
    public int Cut()
    {
        lock (_lock)
        {
            int count = _open.Count;
            // Closing with no time to linger sends a reset: whatever was on its way is lost.
            foreach (Socket socket in _open) socket.Close(0);
            _open.Clear();
            return count;
        }
    }

    /// <summary>Whether new connections are cut at once.</summary>
    public void Close(bool isClosed)
    {
        _isClosed = isClosed;
        if (isClosed) Cut();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptSocketAsync(_over.Token);
                _ = CarryAsync(client);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (_over.IsCancellationRequested) return;
            }
        }
    }

    private async Task CarryAsync(Socket client)
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        if (_isClosed)
        {
            client.Close(0);
            return;
        }

        Note(client, server, true);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _to, _over.Token);
            await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is down, or the connection was cut: the client sees a connection that ends.
        }
        finally
        {
            Note(client, server, false);
            client.Close(0);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
            {
                for (int sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Cut, or closed by one of the two.
        }
    }

    private void Note(Socket client, Socket server, bool isOpen)
    {
        lock (_lock)
        {
            foreach (Socket socket in (Socket[])[client, server])
            {
                if (isOpen) _open.Add(socket);
                else _open.Remove(socket);
            }
        }
    }
}
