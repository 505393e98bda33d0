using Microsoft.AspNetCore.Http;

namespace Damon.Serve.Security;

/// <summary>How a request is refused: one sentence as JSON.</summary>
/// <param name="Error">The sentence.</param>
internal sealed record Refusal(string Error)
{
    public static Task WriteAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new Refusal(sentence), ApiJson.Default.Refusal);
    }
}
