using Coroutines;

namespace WebApi;

/// <summary>The API: <c>/todos</c>. Handlers may be coroutines; waiting for a change is one that needs to be.</summary>
internal static partial class TodoEndpoints
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(30);

    public static void MapTodos(this IEndpointRouteBuilder app)
    {
        var api = app.MapCoroutines("/todos");
        api.MapGet("/", static (TodoStore todos) => todos.All);
        api.MapGet("/{id:int}", static (int id, TodoStore todos) => todos.Find(id) is { } todo ? Results.Ok(todo) : Results.NotFound());
        api.MapPost("/", static (Todo todo, TodoStore todos) => Added(todos.Add(todo.Title)));
        api.MapPut("/{id:int}", static (int id, Todo todo, TodoStore todos) => todos.Replace(todo with { Id = id }) ? Results.NoContent() : Results.NotFound());
        api.MapDelete("/{id:int}", static (int id, TodoStore todos) => todos.Remove(id) ? Results.NoContent() : Results.NotFound());
        api.MapGet("/changes", static (TodoStore todos) => Changes(todos));
    }

    private static IResult Added(Todo todo) => Results.Created($"/todos/{todo.Id}", todo);

    // A long poll: the list after the next change, or as it is when nothing has changed for a while.
    [Coroutine]
    private static async Coroutine<IReadOnlyList<Todo>> Changes(TodoStore todos)
    {
        await Coroutine.MoveOnAfter(todos.Changed(), s_longestWait);
        return todos.All;
    }
}
