using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Coroutines.BlockingScan;

/// <summary>A call in a method's code.</summary>
/// <param name="Id">The documentation ID of the method, as metadata names it.</param>
/// <param name="PollsWithZero">Whether the constant zero was pushed just before: the last argument.</param>
internal readonly record struct CallInstruction(string Id, bool PollsWithZero);

/// <summary>Reads the calls out of a method's code, and skips the rest.</summary>
internal static class CallInstructions
{
    private static readonly Dictionary<ushort, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null))
        .OfType<OpCode>()
        .ToDictionary(opCode => (ushort)opCode.Value);

    public static IEnumerable<CallInstruction> In(MethodBodyBlock body, MemberIds ids)
    {
        byte[] code = body.GetILBytes() ?? [];
        bool pushedZero = false;
        for (int at = 0; at < code.Length;)
        {
            OpCode opCode = s_opCodes[code[at] == 0xFE ? (ushort)(0xFE00 | code[at + 1]) : code[at]];
            at += opCode.Size;
            if (opCode.OperandType == OperandType.InlineMethod)
            {
                // A method whose address is taken may be called anywhere.
                bool calls = opCode == OpCodes.Call || opCode == OpCodes.Callvirt || opCode == OpCodes.Newobj;
                if (calls && ids.Of(MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at))) is { } id)
                    yield return new CallInstruction(id, pushedZero);
            }

            pushedZero = opCode == OpCodes.Ldc_I4_0;
            at += OperandSize(opCode.OperandType, code, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] code, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
