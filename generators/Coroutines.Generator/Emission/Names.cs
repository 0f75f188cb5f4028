namespace Coroutines.Generator.Emission;

/// <summary>Runtime types that generated code names.</summary>
internal static class Names
{
    public const string Services = "global::Coroutines.CompilerServices.";
    public const string Step = Services + "Step";
    public const string Task = Services + "LoopTask";
    public const string NotInlined = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";
    public const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";
    public const string Inlined = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";
}
