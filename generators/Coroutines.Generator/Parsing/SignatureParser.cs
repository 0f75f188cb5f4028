using System.Globalization;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Coroutines.Generator.Parsing;

/// <summary>From a method symbol to its <see cref="Signature"/>. Asks nothing of the body, so it serves callees too.</summary>
internal static class SignatureParser
{
    public const string AttributeName = "Coroutines.CoroutineAttribute";

    public static Signature Parse(IMethodSymbol method) => Of(method, IdOf(method), method.Name, StemOf(method), method.TypeParameters, [], Receiver(method));

    /// <summary>A local function as a method of its own, beside the one around it: it takes over that one's type parameters, and is given its closures.</summary>
    /// <param name="name">Unique in the method around it.</param>
    /// <param name="typeParameters">Those of all functions around it come first.</param>
    public static Signature Local(IMethodSymbol function, Signature outer, string name, IReadOnlyList<ITypeParameterSymbol> typeParameters, IEnumerable<Parameter> closures)
    {
        bool hasReceiver = outer.Receiver == ReceiverKind.Class && !function.IsStatic;
        return Of(function, $"{outer.Id}|{name}", $"{outer.Name}.{function.Name}", GeneratedNames.StemOf(function, $"{outer.Stem}__{name}"), typeParameters, closures, hasReceiver ? ReceiverKind.Class : ReceiverKind.None) with { IsLocal = true };
    }

    private static Signature Of(
        IMethodSymbol method, string id, string name, string stem, IReadOnlyList<ITypeParameterSymbol> typeParameters, IEnumerable<Parameter> closures, ReceiverKind receiver)
    {
        INamedTypeSymbol owner = method.ContainingType;
        bool isIterator = IsIterator(method);
        VariableType? result = !isIterator && method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } generic ? TypeText.Describe(generic.TypeArguments[0]) : null;
        var parameters = closures.Concat(method.Parameters.Select(p => Parameter(method, p))).ToEquatableArray();
        Visibility visibility = parameters.Select(p => p.Type.Visibility).Concat(typeParameters.SelectMany(t => t.ConstraintTypes).Select(TypeText.VisibilityOf))
            .Aggregate(result?.Visibility ?? Visibility.Public, TypeText.Least);
        var ownerTypeParameters = Enclosing(owner).SelectMany(t => t.TypeParameters).ToArray();
        return new(
            id, name, stem, TypeText.Of(owner), Unbound(owner), TypeText.VisibilityOf(owner.OriginalDefinition),
            owner.ContainingNamespace.IsGlobalNamespace ? "" : owner.ContainingNamespace.ToDisplayString(), Enclosing(owner).Select(Header).ToEquatableArray(),
            typeParameters.Select(Name).ToEquatableArray(), Constraints(typeParameters), Constraints(ownerTypeParameters),
            ownerTypeParameters.Select(Name).ToEquatableArray(),
            parameters, result, receiver, method.IsReadOnly, SyntaxFacts.GetText(method.DeclaredAccessibility), FactoryAccessibility(method, visibility), visibility, IsStream(method), TokenField(method), isIterator ? TypeText.Of(method.ReturnType) : "",
            ReceiverSize: receiver == ReceiverKind.None ? 0 : TypeSize.Of(owner), Placement: PlacementOf(method));
    }

    public static string IdOf(IMethodSymbol method) => method.OriginalDefinition.GetDocumentationCommentId() ?? method.OriginalDefinition.ToDisplayString();

    /// <summary>The name that prefixes everything generated: overloads among coroutines are told apart by their place.</summary>
    public static string StemOf(IMethodSymbol method)
    {
        // Of a compiled assembly only some members can be seen, but the frame says what it is called.
        if (method.ContainingAssembly is not ISourceAssemblySymbol && CalleeTable.PublishedFrame(method.OriginalDefinition) is { } frame) return frame.Name.Substring(0, frame.Name.Length - "__Frame".Length);
        int ordinal = 0, at = 0;
        foreach (ISymbol member in method.OriginalDefinition.ContainingType.GetMembers(method.Name))
        {
            if (member is not IMethodSymbol overload || !IsCoroutine(overload)) continue;
            ordinal++;
            if (SymbolEqualityComparer.Default.Equals(overload, method.OriginalDefinition)
                || SymbolEqualityComparer.Default.Equals(overload.PartialImplementationPart, method.OriginalDefinition)) at = ordinal;
        }
        return GeneratedNames.StemOf(method.OriginalDefinition, at);
    }

    public static bool IsCoroutine(IMethodSymbol method) =>
        method.GetAttributes().Any(a => a.AttributeClass is { Name: "CoroutineAttribute" } type && type.ToDisplayString() == AttributeName);

    /// <summary>What the attribute says of the frame.</summary>
    public static Placement PlacementOf(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(a => a.AttributeClass is { Name: "CoroutineAttribute" })?.NamedArguments.FirstOrDefault(a => a.Key == "Placement").Value.Value is int placement
            ? (Placement)placement : Placement.Automatic;

    /// <summary>Whether the method returns <c>IAsyncEnumerable</c>.</summary>
    public static bool IsStream(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { Name: "IAsyncEnumerable", Arity: 1 } type && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    /// <summary>Whether the method returns what a generator-style coroutine does: an iterator over awaitables.</summary>
    public static bool IsIterator(IMethodSymbol method) => IsIterator(method.ReturnType);

    public static bool IsIterator(ITypeSymbol? type) =>
        type is INamedTypeSymbol
        {
            OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerator_T or SpecialType.System_Collections_Generic_IEnumerable_T,
            TypeArguments: [{ Name: "ILoopAwaitable" } element],
        } && TypeText.IsOurs(element);

    private static string TokenField(IMethodSymbol method) =>
        IsStream(method) && method.Parameters.FirstOrDefault(IsToken) is { } token ? FieldOf(token) : "";

    private static bool IsToken(IParameterSymbol parameter) => parameter.Type.ToDisplayString() == "System.Threading.CancellationToken"
        && parameter.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.Runtime.CompilerServices.EnumeratorCancellationAttribute");

    public static string FieldOf(IParameterSymbol parameter) => GeneratedNames.FieldOf(parameter.Name);

    public static ReceiverKind Receiver(IMethodSymbol method) =>
        method.IsStatic ? ReceiverKind.None : method.ContainingType.IsValueType ? ReceiverKind.Struct : ReceiverKind.Class;

    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static string Name(ITypeParameterSymbol parameter) => Escape(parameter.Name);

    /// <summary>Outermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> Enclosing(INamedTypeSymbol? type) =>
        type is null ? [] : Enclosing(type.ContainingType).Append(type);

    private static string Header(INamedTypeSymbol type)
    {
        string keyword = type.TypeKind switch
        {
            TypeKind.Struct => type.IsRecord ? "record struct" : "struct",
            TypeKind.Interface => "interface",
            _ => type.IsRecord ? "record" : "class",
        };
        return $"partial {keyword} {Escape(type.Name)}";
    }

    private static string Unbound(INamedTypeSymbol type)
    {
        string prefix = type.ContainingType is { } outer ? Unbound(outer)
            : type.ContainingNamespace.IsGlobalNamespace ? "global:" : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string arity = type.Arity == 0 ? "" : "<" + new string(',', type.Arity - 1) + ">";
        return prefix + (prefix == "global:" ? ":" : ".") + Escape(type.Name) + arity;
    }

    /// <summary>Most interceptors stand in another namespace, so a factory is at least internal wherever its signature allows.</summary>
    private static string FactoryAccessibility(IMethodSymbol method, Visibility signature) => method.DeclaredAccessibility switch
    {
        Accessibility.Public => "public",
        Accessibility.Protected or Accessibility.ProtectedOrInternal => signature >= Visibility.Internal ? "protected internal" : "protected",
        Accessibility.Internal => "internal",
        Accessibility.ProtectedAndInternal => signature >= Visibility.Internal ? "internal" : "private protected",
        _ => signature >= Visibility.Internal ? "internal" : "private",
    };

    private static Parameter Parameter(IMethodSymbol method, IParameterSymbol parameter)
    {
        string modifiers = (method.IsExtensionMethod && parameter.Ordinal == 0 ? "this " : "") + (parameter.IsParams ? "params " : "");
        string fallback = parameter.HasExplicitDefaultValue ? " = " + DefaultOf(parameter) : "";
        return new(Escape(parameter.Name), FieldOf(parameter), TypeText.Describe(parameter.Type), modifiers, fallback);
    }

    /// <summary>The default value of an optional parameter, as it is written in code.</summary>
    public static string DefaultOf(IParameterSymbol parameter) => Literal(parameter.ExplicitDefaultValue, parameter.Type);

    private static string Literal(object? value, ITypeSymbol type)
    {
        if (value is null) return "default";
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable) type = nullable.TypeArguments[0];
        string text = value switch
        {
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
            double number => number.ToString("R", CultureInfo.InvariantCulture) + "d",
            decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
            _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) ?? "default",
        };
        return type.TypeKind == TypeKind.Enum ? $"({TypeText.Of(type)})({text})" : text;
    }

    /// <summary>As they are declared, with a space before each.</summary>
    public static string Constraints(IEnumerable<ITypeParameterSymbol> parameters) => string.Concat(parameters.Select(parameter =>
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint) parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint) parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint) parts.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint) parts.Add("notnull");
        parts.AddRange(parameter.ConstraintTypes.Select(TypeText.Of));
        if (parameter.HasConstructorConstraint) parts.Add("new()");
        if (parameter.AllowsRefLikeType) parts.Add("allows ref struct");
        return parts.Count == 0 ? "" : $" where {Name(parameter)} : {string.Join(", ", parts)}";
    }));
}
