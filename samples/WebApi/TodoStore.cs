using Coroutines;

namespace WebApi;

/// <summary>All todos. One thread uses it, so it has no lock.</summary>
public sealed partial class TodoStore
{
    private static readonly TimeSpan s_sweep = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<int, Todo> _todos = [];
    private TaskCompletionSource _changed = new();
    private int _last;

    public IReadOnlyList<Todo> All => [.. _todos.Values];

    public Todo? Find(int id) => _todos.GetValueOrDefault(id);

    public Todo Add(string title)
    {
        var todo = new Todo(++_last, title);
        _todos.Add(todo.Id, todo);
        TellChanged();
        return todo;
    }

    public bool Replace(Todo todo)
    {
        if (!_todos.ContainsKey(todo.Id))
            return false;
        _todos[todo.Id] = todo;
        TellChanged();
        return true;
    }

    public bool Remove(int id)
    {
        if (!_todos.Remove(id))
            return false;
        TellChanged();
        return true;
    }

    /// <summary>Suspends until something has changed.</summary>
    [Coroutine]
    public async Coroutine Changed() => await _changed.Task.WaitAsync(CancelScope.CurrentToken);

    /// <summary>Takes away what is done, from time to time.</summary>
    [Coroutine]
    public async Coroutine SweepUp()
    {
        while (true)
        {
            await Coroutine.Delay(s_sweep);
            foreach (var done in All.Where(static todo => todo.IsDone))
                Remove(done.Id);
        }
    }

    private void TellChanged()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource();
        changed.SetResult();
    }
}
