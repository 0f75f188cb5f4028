namespace System.Runtime.CompilerServices;

/// <summary>The compiler looks for it by name where records are used; netstandard2.0 does not have it.</summary>
internal static class IsExternalInit;
