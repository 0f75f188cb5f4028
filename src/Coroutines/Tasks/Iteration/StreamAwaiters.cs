using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>Tells the compiler's state machines that may read a stream from others: they keep the awaiter of a <see cref="ValueTask{TResult}"/>, which is what a stream answers with.</summary>
internal static class StreamAwaiters
{
    public const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields;

    public static bool AreIn([DynamicallyAccessedMembers(Fields)] Type stateMachine) =>
        stateMachine.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Any(field => IsOne(field.FieldType));

    private static bool IsOne(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(ValueTaskAwaiter<>) || definition == typeof(ConfiguredValueTaskAwaitable<>.ConfiguredValueTaskAwaiter));
}
