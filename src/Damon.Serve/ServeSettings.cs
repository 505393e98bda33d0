using Damon.Scenarios.Results;

namespace Damon.Serve;

/// <summary>What the server is told when it starts.</summary>
public sealed record ServeSettings
{
    /// <summary>Where it listens, such as http://127.0.0.1:8417; port 0: any free one.</summary>
    public required Uri Address { get; init; }

    /// <summary>What every request must carry; null: nothing, which only a loopback address may do.</summary>
    public string? Token { get; init; }

    /// <summary>A PEM file with the server's certificate, for https.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with the certificate's key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Writes a run's report as JSON.</summary>
    public required Action<RunReport, Stream> WriteReport { get; init; }

    /// <summary>Most connections at a time; others are closed at once.</summary>
    public int MostConnections { get; init; } = 1_024;

    /// <summary>Most requests that are worked on at a time; as many again may wait, others are told to come later.</summary>
    public int MostRequests { get; init; } = 1_024;

    /// <summary>Largest body of a request, bytes.</summary>
    public long LargestBody { get; init; } = 16 << 20;

    /// <summary>
    /// Checks what must not be: a server that others can reach needs a token and TLS.
    /// </summary>
    /// <returns>What is wrong, in one sentence; null: nothing.</returns>
    public string? Problem()
    {
        if (Address.Scheme is not ("http" or "https")) return $"the address '{Address}' is none of http:// or https://";
        if (Address.Scheme == "https" && (CertificateFile is null || KeyFile is null)) return "https needs a certificate and its key";
        if (Address.Scheme == "http" && CertificateFile is not null) return "a certificate needs an https:// address";
        if (Address.IsLoopback) return null;
        if (Token is null) return $"the address {Address} can be reached from other machines, allowed: only with a token, or 127.0.0.1";
        return Address.Scheme == "https" ? null : $"the address {Address} can be reached from other machines, allowed: only with https, or 127.0.0.1";
    }
}
