using Coroutines.Generator.Acceptance;
using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;
using Coroutines.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Generator.Parsing;

/// <summary>
/// Interpolated strings that suspend and are made by a handler, as in <c>builder.Append($"…{await x}…")</c>: the handler is created, then given the pieces one by one.
/// <code>h = new Handler(1, 1, builder); h.AppendLiteral("a"); h.AppendFormatted(await x); builder.Append(ref h);</code>
/// </summary>
internal sealed class HandlerParser(BodyContext context, OperandParser operands)
{
    private static readonly VariableType s_bool = new("bool", false, false, Visibility.Public, Size: 1);

    /// <summary>How the handler is made; null for an interpolated string that is made otherwise.</summary>
    public IInterpolatedStringHandlerCreationOperation? CreationOf(InterpolatedStringExpressionSyntax text) => CreationOf(text, context);

    public static IInterpolatedStringHandlerCreationOperation? CreationOf(InterpolatedStringExpressionSyntax text, BodyContext context)
    {
        IOperation? operation = context.Semantics.GetOperation(text);
        while (operation is not (null or IInterpolatedStringHandlerCreationOperation) && operation.Parent is { } parent && parent.Syntax == text) operation = parent;
        return operation is IInterpolatedStringHandlerCreationOperation { Type: { } type } creation && type.Name != "DefaultInterpolatedStringHandler" ? creation : null;
    }

    /// <summary>The operands of the call around the string that its handler is given; they need variables, for they are mentioned twice.</summary>
    public static void KeepArguments(InterpolatedStringExpressionSyntax text, BodyContext context)
    {
        if (CreationOf(text, context) is not { HandlerCreation: IObjectCreationOperation created }) return;
        foreach (var placeholder in created.Arguments.Select(argument => argument.Value).OfType<IInterpolatedStringHandlerArgumentPlaceholderOperation>())
            if (Placed(placeholder, text, context) is { } operand and not (ThisExpressionSyntax or BaseExpressionSyntax)) context.Keep(operand);
    }

    public Initialization Parse(InterpolatedStringExpressionSyntax text, IInterpolatedStringHandlerCreationOperation creation)
    {
        if (creation.HandlerCreation is not IObjectCreationOperation created || creation.Content is not IInterpolatedStringOperation content || creation.Type is not { IsRefLikeType: false } type || !TypeText.CanBeNamed(type))
            throw Refuse(text);
        int handler = context.Temporary(TypeText.Describe(type), "handler");
        bool decides = content.Parts.OfType<IInterpolatedStringAppendOperation>().Any(part => part.AppendCall.Type?.SpecialType == SpecialType.System_Boolean);
        int goesOn = decides || creation.HandlerCreationHasSuccessParameter ? context.Temporary(s_bool, "goesOn") : Initialization.Always;
        var steps = new List<Operation>();
        for (int i = 0; i < content.Parts.Length; i++)
        {
            if (content.Parts[i] is not IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation call } || call.Instance is null) throw Refuse(text);
            steps.Add(text.Contents[i] is InterpolationSyntax hole ? Formatted(handler, call, hole) : Literal(handler, call));
        }
        Code code = Creation(created, text, goesOn);
        // One that cannot refuse at once always takes the first piece.
        if (decides && !creation.HandlerCreationHasSuccessParameter) code = new Code([Part.Of("("), Part.Place(goesOn), Part.Of(" = true) ? ")]) + code + " : default!";
        return new(new Verbatim(code.At(context.SpanOf(text))), handler, steps.ToEquatableArray(), goesOn, decides);
    }

    private Code Creation(IObjectCreationOperation created, InterpolatedStringExpressionSyntax text, int goesOn)
    {
        Code code = $"new {TypeText.Of(created.Type!)}(";
        string separator = "";
        foreach (IArgumentOperation argument in created.Arguments.Where(a => a.ArgumentKind != ArgumentKind.DefaultValue))
        {
            code += separator;
            separator = ", ";
            if (argument.Value is not IInterpolatedStringHandlerArgumentPlaceholderOperation placeholder) code += $"{argument.Value.ConstantValue.Value}";
            else if (placeholder.PlaceholderKind == InterpolatedStringArgumentPlaceholderKind.TrailingValidityArgument) code += new Code([Part.Of("out "), Part.Place(goesOn)]);
            else if (Placed(placeholder, text, context) is not { } operand) code += "this";
            else code += operand is ThisExpressionSyntax or BaseExpressionSyntax ? "this" : Code.Variable(context.Keep(operand));
        }
        return code + ")";
    }

    private Operation Formatted(int handler, IInvocationOperation call, InterpolationSyntax hole)
    {
        string alignment = hole.AlignmentClause is { } clause ? $", alignment: {context.Semantics.GetConstantValue(clause.Value).Value}" : "";
        string format = hole.FormatClause is { } formatted ? ", format: " + SymbolDisplay.FormatLiteral(formatted.FormatStringToken.ValueText, quote: true) : "";
        Part[] parts = [Part.Variable(handler), Part.Of($".{call.TargetMethod.Name}("), Part.Operand(0), Part.Of($"{alignment}{format})")];
        return new(new Code([.. parts], context.SpanOf(hole)), [operands.Operand(hole.Expression, siblingsArePure: false)]);
    }

    private static Operation Literal(int handler, IInvocationOperation call) =>
        new(new Code([Part.Variable(handler), Part.Of($".{call.TargetMethod.Name}({SymbolDisplay.FormatLiteral((string)call.Arguments[0].Value.ConstantValue.Value!, quote: true)})")]), []);

    /// <summary>The operand of the call around the string that a placeholder stands for; null for an implicit <c>this</c>.</summary>
    private static ExpressionSyntax? Placed(IInterpolatedStringHandlerArgumentPlaceholderOperation placeholder, InterpolatedStringExpressionSyntax text, BodyContext context)
    {
        if (placeholder.PlaceholderKind == InterpolatedStringArgumentPlaceholderKind.TrailingValidityArgument) return null;
        IOperation? at = placeholder;
        while (at is not (null or IInvocationOperation or IObjectCreationOperation { Syntax: BaseObjectCreationExpressionSyntax })) at = at.Parent;
        (IOperation? instance, var arguments) = at switch
        {
            IInvocationOperation call => (call.Instance, call.Arguments),
            IObjectCreationOperation creation => (null, creation.Arguments),
            _ => throw Refuse(text),
        };
        if (placeholder.PlaceholderKind == InterpolatedStringArgumentPlaceholderKind.CallsiteReceiver)
            return instance is null or { IsImplicit: true } ? null : instance.Type is { IsReferenceType: true } && instance.Syntax is ExpressionSyntax receiver ? receiver : throw Refuse(text);
        IArgumentOperation argument = arguments[placeholder.ArgumentIndex];
        bool isPlain = argument is { Parameter.RefKind: RefKind.None, ArgumentKind: ArgumentKind.Explicit } && argument.Syntax is ArgumentSyntax;
        return isPlain ? ((ArgumentSyntax)argument.Syntax).Expression : throw Refuse(text);
    }

    private static RefusedException Refuse(InterpolatedStringExpressionSyntax text) => new(Refusals.AwaitPosition, "a string for this interpolation handler", text);
}
