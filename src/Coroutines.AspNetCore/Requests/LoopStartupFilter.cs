using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Coroutines.AspNetCore;

/// <summary>Puts the switch to the loop before everything else that answers requests.</summary>
internal sealed class LoopStartupFilter(IOptions<CoroutineLoopOptions> options) : IStartupFilter
{
    private readonly bool _watchesSteps = options.Value.Loop is { Debug: true } or { SlowStepThreshold: not null };

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(next =>
        {
            RequestDelegate answer = _watchesSteps ? context => StepRequest.Run(context, next) : next;
            return context => RequestOnLoop.Run(context, answer);
        });
        next(app);
    };
}
