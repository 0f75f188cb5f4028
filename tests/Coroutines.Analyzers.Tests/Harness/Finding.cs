using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Tests.Harness;

/// <summary>A diagnostic, as far as tests compare it.</summary>
internal sealed record Finding(string Rule, TextSpan Span);
