namespace Coroutines;

/// <summary>A generator-style coroutine that has been called and knows its generated version.</summary>
internal interface IColdIterator
{
    Coroutine AsCoroutine();
}
