using System.Reflection;
using Coroutines.CompilerServices;

namespace Coroutines.Differential;

/// <summary>
/// Makes the cold coroutine of a method found by reflection, in the fastest lowering it has: a call by reflection alone always
/// reaches the compiler's.
/// </summary>
public static class Root
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>How many coroutines of that name and type have generated frames. A frame that others can name is listed at the assembly, too; one that mentions private types is not.</summary>
    public static int Frames(Type type, string name) =>
        type.GetNestedTypes(Any).Count(nested => nested.Name.Split('`')[0] is var frame && frame.EndsWith("__Frame", StringComparison.Ordinal)
            && frame[..^"__Frame".Length].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_') == name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('_'));

    /// <param name="method">Static, takes a <see cref="Trace"/>, returns <see cref="Coroutine"/>.</param>
    /// <param name="trace">The argument.</param>
    public static Coroutine Create(MethodInfo method, Trace trace) => method.DeclaringType!.GetNestedType($"{method.Name}__Frame", Any) is { } frame
        ? ((Factory)Activator.CreateInstance(typeof(Factory<>).MakeGenericType(frame))!).Create(method.GetParameters()[0].Name!, trace)
        : method.CreateDelegate<Func<Trace, Coroutine>>()(trace);

    private abstract class Factory
    {
        public abstract Coroutine Create(string parameter, Trace trace);
    }

    private sealed class Factory<TFrame> : Factory
        where TFrame : struct, ICoroutineFrame<TFrame, Unit>
    {
        public override Coroutine Create(string parameter, Trace trace)
        {
            object frame = default(TFrame);
            typeof(TFrame).GetField(parameter)!.SetValue(frame, trace);
            var task = FrameTask<TFrame, Unit>.Rent();
            task.Frame = (TFrame)frame;
            return task.AsPlainCoroutine();
        }
    }
}
