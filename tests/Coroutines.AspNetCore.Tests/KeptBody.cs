using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore.Tests;

/// <summary>A large body up, then the same down: an echo would never end where the client takes nothing before it has sent everything, and the buffers between are full.</summary>
internal static class KeptBody
{
    public static void Map(WebApplication app)
    {
        var kept = new MemoryStream();
        app.MapPost("/keep", async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(kept);
            return kept.Length;
        });
        app.MapGet("/kept", async (HttpContext context) => await context.Response.Body.WriteAsync(kept.ToArray()));
    }

    public static async Task SendAndFetch(HttpClient client, int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        using var answer = await client.PostAsync(new Uri("/keep", UriKind.Relative), new ByteArrayContent(body));
        Assert.Equal(length, long.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture));
        Assert.Equal(body, await client.GetByteArrayAsync(new Uri("/kept", UriKind.Relative)));
    }
}
