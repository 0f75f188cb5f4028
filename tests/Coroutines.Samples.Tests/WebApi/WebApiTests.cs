using System.Net;
using System.Net.Http.Json;
using global::WebApi;

namespace Coroutines.Samples.Tests.WebApi;

/// <summary>The sample over real HTTP, on the loop and on Kestrel's own transport.</summary>
public class WebApiTests
{
    private static readonly Uri s_todos = new("/todos/", UriKind.Relative);

    [Theory]
    [InlineData("loop", 1)]
    [InlineData("loop", 2)]
    [InlineData("inline", 1)]
    [InlineData("sockets", 1)]
    public Task What_is_measured_is_the_same_everywhere(string transport, int loops) => With(transport, loops, async client =>
    {
        Assert.Equal("Hello, World!", await client.GetStringAsync(new Uri("/plaintext", UriKind.Relative)));
        Assert.Equal(new Greeting("Hello, World!"), await client.GetFromJsonAsync<Greeting>(new Uri("/json", UriKind.Relative)));
    });

    [Fact]
    public Task Todos_are_added_changed_and_removed() => With("loop", 1, async client =>
    {
        using var added = await client.PostAsJsonAsync(s_todos, new Todo(0, "sow"));
        Assert.Equal((HttpStatusCode.Created, "/todos/1"), (added.StatusCode, added.Headers.Location!.ToString()));
        var one = new Uri("/todos/1", UriKind.Relative);
        Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsJsonAsync(one, new Todo(1, "reap", IsDone: true))).StatusCode);
        Assert.Equal(new Todo(1, "reap", IsDone: true), await client.GetFromJsonAsync<Todo>(one));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(one)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(one)).StatusCode);
        Assert.Equal("[]", await client.GetStringAsync(s_todos));
    });

    [Fact]
    public Task Who_waits_for_a_change_gets_it() => With("loop", 1, async client =>
    {
        var changes = client.GetFromJsonAsync<Todo[]>(new Uri("/todos/changes", UriKind.Relative));
        // The wait may begin after the first change, but not after all of them.
        for (int i = 1; !changes.IsCompleted; i++)
            await client.PostAsJsonAsync(s_todos, new Todo(0, $"todo {i}"));
        Assert.NotEmpty((await changes)!);
    });

    [Fact]
    public Task The_page_hears_of_the_loop() => With("loop", 1, async client =>
    {
        Assert.Contains("EventSource('/events')", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        using var events = new StreamReader(await client.GetStreamAsync(new Uri("/events", UriKind.Relative)));
        Assert.Equal("event: tasks", await events.ReadLineAsync());
        string? line;
        do
            line = await events.ReadLineAsync();
        while (line?.Contains("GET /events", StringComparison.Ordinal) == false);
        Assert.Contains("runs", line, StringComparison.Ordinal);
    });

    private static async Task With(string transport, int loops, Func<HttpClient, Task> test)
    {
        await using var app = Application.Build(["--urls", "http://127.0.0.1:0", "--transport", transport, "--loops", $"{loops}"]);
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        await test(client);
    }
}
