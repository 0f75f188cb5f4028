using Coroutines.Generator.Infrastructure;
using Coroutines.Generator.Ir;

namespace Coroutines.Generator.Lowering;

/// <summary>
/// Needs: control flow as labels and jumps. Gives: no expression that suspends; awaits are statements with their operands ready.
/// <code>x = a() + await b() + c();   →   t1 = a(); t2 = await b(); x = t1 + t2 + c();</code>
/// </summary>
internal static class AwaitSpilling
{
    public static EquatableArray<Statement> Run(EquatableArray<Statement> body, LoweringContext context)
    {
        var output = new List<Statement>();
        var expressions = new ExpressionSpilling(context, output);
        foreach (Statement statement in body)
        {
            switch (statement)
            {
                case Evaluate s: expressions.Effect(s.Expression); break;
                case Assign s: expressions.Into(s.Target, s.Value, s.Span); break;
                case Branch s: expressions.Test(s.Condition, s.JumpIf, s.Target); break;
                case Try s: output.Add(s with { Body = Run(s.Body, context) }); break;
                case Leaf or Declare or Label or Goto or Cancel: output.Add(statement); break;
                default: throw LoweringContext.Unreachable(statement, "lowered to control flow");
            }
        }
        return output.ToEquatableArray();
    }

    public static Code Substitute(Code template, EquatableArray<Code> operands)
    {
        var parts = new List<Part>();
        bool declares = template.DeclaresNames;
        foreach (Part part in template.Parts)
        {
            if (part.Kind != PartKind.Operand)
            {
                parts.Add(part);
                continue;
            }
            parts.AddRange(operands[part.Id].Parts);
            declares |= operands[part.Id].DeclaresNames;
        }
        return new(parts.ToEquatableArray(), template.Span, declares, template.Overflow);
    }
}
