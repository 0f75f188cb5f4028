using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Coroutines.Analyzers.Blocking;

/// <summary>
/// Accepts reads and writes of memory: the receiver or an argument is a <c>MemoryStream</c>, <c>StringReader</c> and the like, or a
/// reader, writer or compressing stream that was made over one.
/// </summary>
internal static class InMemoryRules
{
    /// <summary>How many readers may stand around one another: a bound for broken code in which locals are made of themselves.</summary>
    private const int Depth = 4;

    public static bool Accept(IOperation use) => use switch
    {
        IInvocationOperation call => IsInMemory(call.Instance, Depth) || AnyInMemory(call.Arguments, Depth),
        IObjectCreationOperation creation => AnyInMemory(creation.Arguments, Depth),
        IPropertyReferenceOperation property => IsInMemory(property.Instance, Depth),
        _ => false,
    };

    private static bool AnyInMemory(IEnumerable<IArgumentOperation> arguments, int depth) =>
        arguments.Any(argument => IsInMemory(argument.Value, depth));

    private static bool IsInMemory(IOperation? value, int depth)
    {
        if (value is null || depth == 0)
            return false;
        if (IsInMemoryType(ValueOrigin.Unwrap(value)?.Type))
            return true;

        return ValueOrigin.Of(value) switch
        {
            IFieldReferenceOperation { Field: { Name: "Null", ContainingType.ContainingNamespace.Name: "IO" } } => true,
            IObjectCreationOperation creation => IsInMemoryType(creation.Type) || AnyInMemory(creation.Arguments, depth - 1),

            // XmlReader.Create(text), document.CreateReader() and the like keep what they were made of.
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Create" } } factory => AnyInMemory(factory.Arguments, depth - 1),
            _ => false,
        };
    }

    private static bool IsInMemoryType(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type is
                {
                    Name: nameof(MemoryStream) or nameof(UnmanagedMemoryStream) or nameof(StringReader) or nameof(StringWriter),
                    ContainingNamespace: { Name: "IO", ContainingNamespace.Name: "System" },
                })
            {
                return true;
            }

            // Derived from an in-memory stream, but its pages may have to come from the disk.
            if (type.Name == "MemoryMappedViewStream")
                return false;
        }

        return false;
    }
}
