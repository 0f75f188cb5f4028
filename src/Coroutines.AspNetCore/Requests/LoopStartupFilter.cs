using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Coroutines.AspNetCore;

/// <summary>Puts the switch to the loop before everything else that answers requests.</summary>
internal sealed class LoopStartupFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static next => context => RequestOnLoop.Run(context, next));
        next(app);
    };
}
