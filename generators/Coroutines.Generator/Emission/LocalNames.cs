namespace Coroutines.Generator.Emission;

/// <summary>Names that stand beside the user's text in one method; no identifier of that text begins with the prefix.</summary>
internal sealed class LocalNames(string prefix)
{
    public string Frame { get; } = prefix + "frame";

    public string RunningTask { get; } = prefix + "task";

    public string Step { get; } = prefix + "step";

    public string At { get; } = prefix + "at";

    public string Suspended { get; } = prefix + "suspended";

    public string Awaiter { get; } = prefix + "awaiter";

    public string Result => Frame + ".__result";

    public string State => Frame + ".__state";

    public string Leaving => Frame + ".__leaving";

    /// <summary>A closure as nested functions see it.</summary>
    public string Outer(int variable) => $"{prefix}outer{variable}";

    public string ResumeLabel(int state) => $"{prefix}resume{state}";

    public string CompletedLabel(int state) => $"{prefix}done{state}";
}
