using Coroutines.Generator.Model;
using Coroutines.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Coroutines.Generator.Acceptance;

/// <summary>For one call what <see cref="CoroutineAcceptance"/> is for a method.</summary>
public static class CallAcceptance
{
    /// <summary>
    /// Why the call runs the compiler's lowering though its callee is generated; null where it does not, where the callee is refused itself, and
    /// where the call is no direct one.
    /// </summary>
    /// <param name="named">The method that the call names.</param>
    /// <param name="isGenerated">The verdict about a coroutine of this compilation; asked only where it matters.</param>
    public static Refusal? Check(
        InvocationExpressionSyntax call, IMethodSymbol named, SemanticModel semantics, InterceptorNamespaces namespaces, Func<IMethodSymbol, bool> isGenerated, CancellationToken cancellation)
    {
        // In a generated body the call goes to the factory by itself: so do nearly all, and this is the cheapest question.
        if (!CallSiteParser.IsExternal(named, semantics.Compilation) && IsInGenerated()) return null;
        if (CallSiteParser.Target(call, semantics, cancellation) is not { } target) return null;
        if (CallSiteParser.IsUnpublished(target, semantics.Compilation)) return Refused(CallRefusals.NotPublished, target.Name);
        if (IsInGenerated()) return null;
        if (CallSiteParser.Parse(call, semantics, cancellation) is not { } site || InterceptionRules.Check(site, namespaces) is not { } rule) return null;
        if (!site.IsExternal && !isGenerated(target)) return null;
        return Refused(rule, rule == CallRefusals.NamespaceNotListed ? InterceptionRules.NamespaceOf(site) : target.Name);

        bool IsInGenerated() => CallSiteParser.EnclosingCoroutine(call, semantics, cancellation) is { } enclosing && isGenerated(enclosing);

        Refusal Refused(RefusalRule rule, string construct) => new RefusedException(rule, construct, call).ToRefusal(call);
    }
}
