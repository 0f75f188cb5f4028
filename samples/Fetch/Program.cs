using System.Globalization;
using System.Net;
using System.Text.Json;
using Coroutines;
using Fetch;

// Fetches documents one after the other, then many at once, and compares:
//   Fetch                         the periodic table, from a server of its own that answers after 25 ms
//   Fetch URL...                  these
//   Fetch --serve PORT            only the server, to be looked at with a browser or curl
//   --at-once N                   how many at once; 32 unless given
var urls = new List<Uri>();
int atOnce = 32;
int? serve = null;
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--at-once" && i + 1 < args.Length)
        atOnce = int.Parse(args[++i], CultureInfo.InvariantCulture);
    else if (args[i] == "--serve" && i + 1 < args.Length)
        serve = int.Parse(args[++i], CultureInfo.InvariantCulture);
    else
        urls.Add(new Uri(args[i]));
}

EventLoop.Run(serve is { } port ? Serve(port) : Compare(urls, atOnce));

static async Coroutine Serve(int port)
{
    using var server = new DocumentServer(new IPEndPoint(IPAddress.Loopback, port), TimeSpan.FromMilliseconds(25));
    Console.WriteLine($"Listening: {server.Root}elements");
    await server.Serve();
}

static async Coroutine Compare(List<Uri> urls, int atOnce)
{
    using var server = new DocumentServer(new IPEndPoint(IPAddress.Loopback, 0), TimeSpan.FromMilliseconds(25));
    using var client = LoopHttp.CreateClient();
    await using var group = new TaskGroup();
    group.Spawn(server.Serve());
    if (urls.Count == 0)
    {
        string list = await client.GetStringAsync(new Uri(server.Root, "elements"));
        urls.AddRange(JsonSerializer.Deserialize(list, Json.Default.StringArray)!.Select(path => new Uri(server.Root, path)));
    }

    var (alone, slow) = await Fetched(client, urls, 1, "one by one");
    var (together, fast) = await Fetched(client, urls, atOnce, $"{atOnce} at once");
    foreach (var failed in together.Where(document => document.Failure is not null))
        Console.WriteLine($"{failed.Url}: {failed.Failure}");
    Console.WriteLine($"{together.Sum(document => document.Length):N0} bytes, the same both times: {alone.Zip(together).All(pair => pair.First.Body.AsSpan().SequenceEqual(pair.Second.Body))}; {slow / fast:0.0} times as fast.");
    group.Cancel();
}

static async Coroutine<(Document[] Documents, TimeSpan Time)> Fetched(HttpClient client, List<Uri> urls, int atOnce, string title)
{
    var progress = new ProgressBar(title, urls.Count, Console.Out, isLive: !Console.IsOutputRedirected);
    var documents = await new Fetcher(client, atOnce, _ => progress.Advance()).FetchAll(urls);
    return (documents, progress.Elapsed);
}
