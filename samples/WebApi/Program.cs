using Coroutines;
using WebApi;

// A small JSON API whose every step runs on one event loop:
//   WebApi --urls http://localhost:7003            then: a browser at http://localhost:7003/
//   WebApi --transport sockets|inline              Kestrel's own transport, to compare with
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
switch (builder.Configuration["transport"] ?? "loop")
{
    case "loop":
        builder.WebHost.UseCoroutineLoop(options =>
        {
            options.Loops = builder.Configuration.GetValue("loops", 1);
            options.Loop = new EventLoopOptions { Name = "web", SlowStepThreshold = TimeSpan.FromMilliseconds(100) };
        });
        builder.Services.AddHostedCoroutine(static services => services.GetRequiredService<TodoStore>().SweepUp(), "sweeper");
        break;
    case "inline":
        builder.WebHost.UseSockets(static options => options.UnsafePreferInlineScheduling = true);
        break;
}

builder.Services.AddSingleton<TodoStore>();
builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Default));
var app = builder.Build();
app.MapTodos();
app.MapMeasured();
app.MapLoopPage();
app.Run();
