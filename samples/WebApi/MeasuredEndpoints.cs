namespace WebApi;

/// <summary>What web servers are measured with: <c>/plaintext</c> and <c>/json</c>.</summary>
internal static class MeasuredEndpoints
{
    private static readonly byte[] s_text = "Hello, World!"u8.ToArray();

    public static void MapMeasured(this IEndpointRouteBuilder app)
    {
        app.MapGet("/plaintext", static async context =>
        {
            context.Response.ContentType = "text/plain";
            context.Response.ContentLength = s_text.Length;
            await context.Response.BodyWriter.WriteAsync(s_text);
        });
        app.MapGet("/json", static () => new Greeting("Hello, World!"));
    }
}
