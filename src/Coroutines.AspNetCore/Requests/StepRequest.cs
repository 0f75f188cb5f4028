using Microsoft.AspNetCore.Http;

namespace Coroutines.AspNetCore;

/// <summary>Which request a step of a loop belongs to, so that a slow one can be told with it, whatever kind of code answers. Only where steps are watched.</summary>
/// <remarks>A request flows with its code like any async local, but is gone when the step is over and known to have been slow: so the last one that was current is remembered together with the step.</remarks>
internal sealed class StepRequest
{
    private static readonly AsyncLocal<StepRequest?> s_current = new(static change => Note(change.CurrentValue));

    [ThreadStatic]
    private static StepRequest? t_last;
    [ThreadStatic]
    private static long t_stepOfLast;

    private readonly string _text;

    private StepRequest(HttpContext context) => _text = $"{context.Request.Method} {context.Request.Path}";

    public static async Task Run(HttpContext context, RequestDelegate next)
    {
        s_current.Value = new(context);
        await next(context);
    }

    /// <summary>The request that the step of <paramref name="loop"/> was for that is being told of (<see cref="EventLoop.SlowStep"/>); null if it was for none. Its thread only.</summary>
    public static StepRequest? OfStep(EventLoop loop) => t_stepOfLast == loop.Ready.StepNumber ? t_last : null;

    public override string ToString() => _text;

    private static void Note(StepRequest? request)
    {
        if (request is not null && EventLoop.CurrentOrNull is { } loop)
            (t_last, t_stepOfLast) = (request, loop.Ready.StepNumber);
    }
}
