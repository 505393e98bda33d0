using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Damon.Serve.Security;

/// <summary>Lets only requests pass that carry the token: <c>Authorization: Bearer TOKEN</c>.</summary>
internal sealed class TokenCheck(RequestDelegate next, string token)
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _digest = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public Task InvokeAsync(HttpContext context)
    {
        if (IsRight(context.Request.Headers.Authorization.ToString())) return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refusal.WriteAsync(context, StatusCodes.Status401Unauthorized, "the request needs the header 'Authorization: Bearer TOKEN' with the server's token");
    }

    /// <summary>Compares digests, in the same time wherever they differ.</summary>
    private bool IsRight(string header) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), _digest);
}
