using Coroutines.Analyzers.Blocking;
using Coroutines.Analyzers.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Coroutines.Analyzers.Transitive;

/// <summary>
/// Reads one body after the other: which functions of the program each of its functions runs, which blocking members it uses, and which delegates it
/// assigns. A lambda or local function is a function of its own; it runs where it is invoked, not where it stands.
/// </summary>
internal sealed class CallCollector(CoroutineSymbols coroutines, BlockingApiLookup apis, IAssemblySymbol program, FileFacts facts)
{
    /// <summary>Reads a body and the functions in it. A stack instead of recursion: expressions can be thousands of operators deep.</summary>
    public void Read(IOperation root, NodeKey owner)
    {
        var pending = new Stack<(IOperation Operation, FunctionFacts Function)>();
        pending.Push((root, Begin(owner)));
        while (pending.Count > 0)
        {
            var (operation, function) = pending.Pop();
            switch (operation.Kind)
            {
                case OperationKind.NameOf:
                    continue;
                case OperationKind.AnonymousFunction:
                    function = Begin(new NodeKey(((IAnonymousFunctionOperation)operation).Symbol, NodeRole.Body));
                    break;
                case OperationKind.LocalFunction:
                    function = Begin(new NodeKey(((ILocalFunctionOperation)operation).Symbol, NodeRole.Body));
                    break;
                default:
                    if (operation.Syntax.SpanStart < function.OffLoopFrom)
                        Visit(operation, function);
                    break;
            }

            foreach (IOperation child in operation.ChildOperations.Reverse())
                pending.Push((child, function));
        }
    }

    private FunctionFacts Begin(NodeKey key)
    {
        var function = new FunctionFacts(key, key.Symbol is IMethodSymbol method && coroutines.RunsOnLoop(method));
        facts.Functions.Add(function);
        return function;
    }

    private void Visit(IOperation operation, FunctionFacts function)
    {
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                VisitInvocation((IInvocationOperation)operation, function);
                break;
            case OperationKind.ObjectCreation:
                var creation = (IObjectCreationOperation)operation;
                if (creation.Constructor is not { } constructor)
                    break;
                if (!UseOfTable(creation, constructor, function))
                    Member(constructor, null, NameSpan(operation), operation, function);
                Callbacks(constructor, creation.Arguments, operation, function);
                break;
            case OperationKind.PropertyReference:
                VisitProperty((IPropertyReferenceOperation)operation, function);
                break;
            case OperationKind.EventAssignment:
                VisitEvent((IEventAssignmentOperation)operation, function);
                break;
            case OperationKind.FieldReference:
                IFieldSymbol field = ((IFieldReferenceOperation)operation).Field;
                if (field is { IsStatic: true, IsConst: false })
                    Initializes(field.ContainingType, isField: true, operation, function);
                break;
            case OperationKind.ConstructorBody when operation is IConstructorBodyOperation { Initializer: null } && function.Key.Symbol is IMethodSymbol { IsStatic: false } built:
                if (CallGraph.ImplicitBase(built.ContainingType) is { } parent)
                    Member(parent, null, operation.Syntax.Span, operation, function);
                break;
            case OperationKind.Lock:
                if (!function.IsCoroutine)
                    function.Locks();
                break;
            case OperationKind.VariableDeclarator or OperationKind.SimpleAssignment or OperationKind.CoalesceAssignment or OperationKind.CompoundAssignment
                or OperationKind.FieldInitializer or OperationKind.PropertyInitializer:
                facts.Assignments.AddRange(DelegateAssignments.In(operation));
                break;
            case OperationKind.Await:
                if (!function.IsCoroutine && LoopLeaving.At((IAwaitOperation)operation))
                    function.OffLoopFrom = Math.Min(function.OffLoopFrom, operation.Syntax.Span.End);
                break;
        }

        foreach (IMethodSymbol? member in ImplicitMembers.Of(operation))
        {
            if (member is not null)
                Implicit(member, operation, function);
        }
    }

    private void VisitInvocation(IInvocationOperation call, FunctionFacts function)
    {
        if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
        {
            Invoke(call.Instance, call, function);
            return;
        }

        // The start of an asynchronous method is not what its caller means to call.
        CallManner manner = call.IsImplicit || call.TargetMethod.IsAsync ? CallManner.Member : CallManner.Call;
        if (!UseOfTable(call, call.TargetMethod, function))
            Call(call.TargetMethod, call.Instance, call.IsVirtual, manner, NameSpan(call), call, function);
        Callbacks(call.TargetMethod, call.Arguments, call, function);
    }

    private void VisitProperty(IPropertyReferenceOperation reference, FunctionFacts function)
    {
        if (UseOfTable(reference, reference.Property, function))
            return;

        var (reads, writes) = PropertyAccess.Of(reference);
        if (reads && reference.Property.GetMethod is { } getter)
            Member(getter, reference.Instance, NameSpan(reference), reference, function);
        if (writes && reference.Property.SetMethod is { } setter)
            Member(setter, reference.Instance, NameSpan(reference), reference, function);
    }

    private void VisitEvent(IEventAssignmentOperation assignment, FunctionFacts function)
    {
        facts.Assignments.AddRange(DelegateAssignments.In(assignment));
        if (assignment.EventReference is not IEventReferenceOperation reference || UseOfTable(assignment, reference.Event, function))
            return;
        if ((assignment.Adds ? reference.Event.AddMethod : reference.Event.RemoveMethod) is { } accessor)
            Member(accessor, reference.Instance, NameSpan(assignment), assignment, function);
    }

    /// <summary>A delegate runs: the lambda itself, the variable that holds it, or a parameter.</summary>
    private void Invoke(IOperation? value, IInvocationOperation call, FunctionFacts function)
    {
        if (FunctionValue.Parameter(value) is { } parameter)
        {
            if (SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function.Key.Symbol))
                function.InvokedParameters.Add(parameter.Ordinal);
        }
        else if (FunctionValue.Of(value) is { } target && IsOfProgram(target.Symbol))
        {
            Add(target, CallManner.Call, NameSpan(call), call, function);
        }
    }

    /// <summary>Delegates that are handed to a function which runs them, or may.</summary>
    private void Callbacks(IMethodSymbol callee, IEnumerable<IArgumentOperation> arguments, IOperation at, FunctionFacts function)
    {
        bool runs = InlineCallbacks.Accept(callee);
        if (!runs && !IsOfProgram(callee))
            return;

        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { Type.TypeKind: TypeKind.Delegate } formal)
                continue;

            var to = new ParameterKey(Dispatch.Canonical(callee), formal.Ordinal);
            if (FunctionValue.Parameter(argument.Value) is { } own)
            {
                if (!SymbolEqualityComparer.Default.Equals(own.ContainingSymbol, function.Key.Symbol))
                    continue;
                if (runs)
                    function.InvokedParameters.Add(own.Ordinal);
                else
                    function.PassedParameters.Add((own.Ordinal, to));
            }
            else if (FunctionValue.Of(argument.Value) is { } target && IsOfProgram(target.Symbol))
            {
                Add(target, CallManner.Call, NameSpan(at), at, function, runs ? null : to);
            }
        }
    }

    /// <summary>A member of the table: found where a coroutine uses it, by the rules for direct calls; elsewhere it makes its user block.</summary>
    private bool UseOfTable(IOperation use, ISymbol member, FunctionFacts function)
    {
        if (apis.Find(member) is not { } api)
            return false;
        if (!function.IsCoroutine && !BlockingExemptionRules.Accept(use, api.Group.Exemptions))
            function.Uses(ConsoleStreamRules.KindOf(use, api.Group), MemberName.Of(member));
        return true;
    }

    private void Implicit(IMethodSymbol member, IOperation operation, FunctionFacts function)
    {
        TextSpan span = FindingSpan.Implicit(operation.Syntax);
        // The table has GetResult for those who call it without awaiting.
        if (operation.Kind == OperationKind.Await || apis.Find(member.AssociatedSymbol ?? member) is not { } api)
            Member(member, null, span, operation, function);
        else if (function.IsCoroutine)
            function.Sites.Add(new CallSite(new NodeKey(member, NodeRole.Body), CallManner.Member, operation.Syntax.SyntaxTree, span, api: api));
        else
            function.Uses(api.Group.Kind, MemberName.Of(member));
    }

    private void Member(IMethodSymbol method, IOperation? instance, TextSpan span, IOperation at, FunctionFacts function) =>
        Call(method, instance, isVirtual: instance is not { Syntax: BaseExpressionSyntax }, CallManner.Member, span, at, function);

    private void Call(IMethodSymbol method, IOperation? instance, bool isVirtual, CallManner manner, TextSpan span, IOperation at, FunctionFacts function)
    {
        if (!IsOfProgram(method))
            return;
        if (method.IsStatic || method.MethodKind == MethodKind.Constructor)
            Initializes(method.ContainingType, method.AssociatedSymbol is IPropertySymbol, at, function);
        if (!coroutines.RunsOnLoop(method))
            Add(Dispatch.Target(method, instance, isVirtual), manner, span, at, function);
    }

    /// <summary>The first use of a type runs its static constructor; if there are only initializers, the first use of a field.</summary>
    private void Initializes(INamedTypeSymbol? type, bool isField, IOperation at, FunctionFacts function)
    {
        if (type is null || type.StaticConstructors.IsEmpty || !IsOfProgram(type)
            || (!isField && type.StaticConstructors[0].IsImplicitlyDeclared)
            || SymbolEqualityComparer.Default.Equals(function.Key.Symbol.ContainingType, type)
            || SymbolEqualityComparer.Default.Equals(function.Key.Symbol, type)
            || !function.Initializes(type.OriginalDefinition))
        {
            return;
        }

        Add(new NodeKey(type.OriginalDefinition, NodeRole.StaticInitializers), CallManner.Member, NameSpan(at), at, function);
    }

    private void Add(NodeKey target, CallManner manner, TextSpan span, IOperation at, FunctionFacts function, ParameterKey? through = null)
    {
        if (target.Symbol is not IMethodSymbol method || !apis.IsNonBlocking(method))
            function.Sites.Add(new CallSite(target, manner, at.Syntax.SyntaxTree, span, through));
    }

    private bool IsOfProgram(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, program);

    private static TextSpan NameSpan(IOperation operation) => FindingSpan.Name(operation.Syntax);
}
