using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Acceptance;

/// <summary>One reason to leave a method to the compiler's lowering.</summary>
/// <param name="Message">Format with one argument, the construct.</param>
public sealed record RefusalRule(string Id, string Title, string Message);

/// <summary>Why one method is refused, and where the construct stands.</summary>
public sealed record Refusal(RefusalRule Rule, string Construct, string File, int Start, int Length)
{
    public string Message => string.Format(System.Globalization.CultureInfo.InvariantCulture, Rule.Message, Construct);
}

/// <summary>Every reason, once. The generator refuses by these rules and the analyzer reports them.</summary>
public static class Refusals
{
    public static readonly RefusalRule NotPartial = new("CORO201", "Containing type is not partial", "'{0}' must be partial for the coroutine to be generated");
    public static readonly RefusalRule FileLocalType = new("CORO202", "File-local type", "'{0}' is file-local and cannot be named from generated code");
    public static readonly RefusalRule NoBody = new("CORO203", "No body", "'{0}' has no body with await or yield to lower");
    public static readonly RefusalRule ReturnType = new("CORO204", "Not a coroutine method", "'{0}' neither returns Coroutine, Coroutine<T> or IAsyncEnumerable<T> from an async method nor is an iterator over ILoopAwaitable");
    public static readonly RefusalRule Parameter = new("CORO205", "Unsupported parameter", "Parameter '{0}' cannot be stored in a frame");
    public static readonly RefusalRule ExplicitImplementation = new("CORO206", "Explicit interface implementation", "'{0}' implements an interface member explicitly, so nothing calls it but the interface");
    public static readonly RefusalRule UnsafeCode = new("CORO207", "Unsafe code", "'{0}' is unsafe code");
    public static readonly RefusalRule Closure = new("CORO208", "Captured local", "'{0}' is captured by a lambda, local function or query");
    public static readonly RefusalRule AwaitPosition = new("CORO209", "await in an unsupported place", "await inside {0} is not taken apart yet");
    public static readonly RefusalRule Variable = new("CORO211", "Local that cannot be lifted", "Local '{0}' has a form or type that cannot outlive its statement");
    public static readonly RefusalRule EvaluationOrder = new("CORO213", "Evaluation order", "The operands of '{0}' cannot be kept in order around an await");
    public static readonly RefusalRule LocalFunction = new("CORO214", "Local function out of reach", "Local function '{0}' is not directly in a generated coroutine, which alone can call a generated version of it");
    public static readonly RefusalRule Iteration = new("CORO215", "Unsupported foreach", "This foreach over '{0}' contains an await and is not taken apart yet");
    public static readonly RefusalRule Disposal = new("CORO216", "Unsupported using", "The resource '{0}' cannot be disposed of by generated code");
    public static readonly RefusalRule Directive = new("CORO217", "#line in a body", "The body contains {0}");
    public static readonly RefusalRule Binding = new("CORO218", "Does not compile", "'{0}' has errors");
    public static readonly RefusalRule Extension = new("CORO219", "Member of an extension block, or virtual in an interface", "'{0}' is declared in an extension block, or can be overridden in an interface");
    public static readonly RefusalRule LocalIterator = new("CORO220", "Iterator as a local function", "Local function '{0}' is an iterator, which whoever gets it may advance by hand");
    public static readonly RefusalRule Caller = new("CORO221", "Caller information without arguments", "'{0}' tells of its caller where no argument can say it");
    public static readonly RefusalRule Internal = new("CORO299", "Generator limitation", "The generator failed: {0}");

    public static readonly EquatableArray<RefusalRule> All =
    [
        NotPartial, FileLocalType, NoBody, ReturnType, Parameter, ExplicitImplementation, UnsafeCode, Closure, AwaitPosition, Variable,
        EvaluationOrder, LocalFunction, Iteration, Disposal, Directive, Binding, Extension, LocalIterator, Caller, Internal,
    ];
}
