using System.Net;
using Microsoft.AspNetCore.Http;

namespace Damon.Serve.Security;

/// <summary>
/// On a loopback address, lets only requests pass that name a loopback host: a page from elsewhere that got its own name
/// resolved to 127.0.0.1 does not.
/// </summary>
internal sealed class LoopbackNames(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        string host = context.Request.Host.Host.Trim('[', ']');
        bool isLoopback = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? ip) && IPAddress.IsLoopback(ip));
        return isLoopback
            ? next(context)
            : Refusal.WriteAsync(context, StatusCodes.Status403Forbidden, "the request names a host that is not this machine's loopback, allowed: localhost, 127.0.0.1, [::1]");
    }
}
