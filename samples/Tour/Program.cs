using Tour;
using Tour.Scenes;

// In the order in which one idea needs the one before it.
Scene[] scenes =
[
    new("hello", "Ten coroutines wait three seconds together", HelloWorld.Play),
    new("chess", "One master, twenty-four boards", ChessExhibition.Play),
    new("sleepers", "A thousand tasks sleep five hundred seconds in one", Sleepers.Play),
    new("echo", "A TCP server and two thousand clients in one thread", ReverseEcho.Play),
    new("threads", "Other threads answer, the loop listens", OtherThreads.Play),
    new("nested", "Five calls deep, a million times", NestedCalls.Play),
];

if (args is ["-h" or "--help"] or ["--list"])
{
    Print(Console.Out);
    return 0;
}

var unknown = args.Where(name => scenes.All(scene => scene.Name != name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"There is no scene named {string.Join(" or ", unknown)}.");
    Print(Console.Error);
    return 2;
}

var stage = new Stage();
stage.Open();
for (int i = 0; i < scenes.Length; i++)
{
    if (args.Length == 0 || args.Contains(scenes[i].Name))
        stage.Present(i + 1, scenes[i]);
}

return stage.Close();

void Print(TextWriter writer)
{
    writer.WriteLine("Usage: dotnet run -c Release --project samples/Tour [-- <scene>…]");
    foreach (var scene in scenes)
        writer.WriteLine($"  {scene.Name,-10}{scene.Title}");
}
