using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Model;

/// <summary>
/// A class of methods marked <c>UnsafeAccessor</c>, which the runtime binds to members of one type. It finds them only if the class has the type parameters of that
/// type, in their order and with their constraints, those of types around included.
/// </summary>
/// <param name="Depth">How many of the types around the coroutine it stands in. At 0 it stands beside them, and is local to the file.</param>
/// <param name="Declaration">As in <c>Name&lt;T&gt; where T : class</c>.</param>
public sealed record AccessorClass(int Depth, string Declaration, EquatableArray<string> Methods);
