using System.Text;
using Coroutines;

namespace WebApi;

/// <summary>A page that shows the loop at work: <c>/</c>, kept up to date by server-sent events.</summary>
internal static partial class LoopPage
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);
    private static readonly string s_page = Read();

    public static void MapLoopPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", static () => Results.Content(s_page, "text/html"));
        app.MapCoroutines().MapGet("/events", static (HttpContext context) => Events(context.Response));
    }

    // Ends with the client: a coroutine is cancelled when its request is aborted.
    [Coroutine]
    private static async Coroutine Events(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        var loop = EventLoop.Current;
        while (true)
        {
            await response.WriteAsync(Event("tasks", $"{loop.TaskCount}") + Event("memory", $"{GC.GetTotalMemory(false) / 1024:N0} KiB") + Event("tree", loop.DumpTasks()));
            await response.BodyWriter.FlushAsync();
            await Coroutine.Delay(s_period);
        }
    }

    private static string Event(string name, string data)
    {
        var text = new StringBuilder($"event: {name}\n");
        foreach (string line in data.TrimEnd().Split('\n'))
            text.Append($"data: {line}\n");
        return text.Append('\n').ToString();
    }

    [NonBlocking("the resource lies in memory with the assembly")]
    private static string Read()
    {
        using var reader = new StreamReader(typeof(LoopPage).Assembly.GetManifestResourceStream("page.html")!);
        return reader.ReadToEnd();
    }
}
