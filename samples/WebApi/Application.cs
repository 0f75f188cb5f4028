using Coroutines;

namespace WebApi;

/// <summary>The application, on event loops or, to compare, on Kestrel's own transport.</summary>
public static class Application
{
    /// <param name="args"><c>--urls</c>; <c>--transport loop|sockets|inline</c>; <c>--loops N</c>.</param>
    public static WebApplication Build(string[] args)
    {
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
        return app;
    }
}
