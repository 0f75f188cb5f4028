using Coroutines.Generator.Infrastructure;

namespace Coroutines.Generator.Model;

/// <summary>
/// The class of the objects that hold the captured variables of one scope. Each entry to the scope makes a new object, so that a function made
/// in one iteration keeps the variables of that iteration.
/// </summary>
/// <param name="Variable">The variable that holds the object of the running entry.</param>
/// <param name="Delegates">Delegates of local functions, kept because two of them must be equal.</param>
public sealed record Closure(int Variable, string Name, Visibility Visibility, EquatableArray<ClosureDelegate> Delegates);

public sealed record ClosureDelegate(string Type, string Field);
