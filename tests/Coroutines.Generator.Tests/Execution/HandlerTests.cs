using Coroutines.Generator.Tests.Harness;

namespace Coroutines.Generator.Tests.Execution;

/// <summary>Handlers that suspend, run on both lowerings.</summary>
public sealed class HandlerTests
{
    private static void Body(string body, string more = "") => BothLowerings.Agree("[Coroutine] public static async Coroutine Main()\n{\n" + body + "\n}\n" + more);

    [Fact]
    public void A_catch_that_suspends_among_others() => Body("""
        for (int i = 0; i < 5; i++)
        {
            try
            {
                if (i == 0) throw new ArgumentException("a");
                if (i == 1) throw new InvalidOperationException("i");
                if (i == 2) throw new FormatException("f");
                if (i == 3) { await Coroutine.Yield(); throw new TimeoutException("t"); }
                Log("none");
            }
            catch (ArgumentException e) when (e.Message == "b") { await Coroutine.Yield(); Log("never"); }
            catch (ArgumentException e) { Log("caught " + e.Message); e = new ArgumentException("other"); await Coroutine.Yield(); Log(e.Message); }
            catch (InvalidOperationException e) { Log("at once " + e.Message); }
            catch (FormatException) { Log(await Text("format")); continue; }
            catch { await Coroutine.Yield(); Log("any"); break; }
            Log("after" + i);
        }
        """);

    [Fact]
    public void A_filter_declares_what_its_handler_uses_after_a_suspension() => Body("""
        for (int i = 0; i < 3; i++)
        {
            try { throw new InvalidOperationException("outer", i == 2 ? null : new ArgumentException("inner" + i)); }
            catch (Exception e) when (e.InnerException is ArgumentException { Message: var m } inner && Show("filter", m).EndsWith('1')) { await Coroutine.Yield(); Log(e.Message + m + inner.Message); }
            catch (Exception) when (i == 0) { await Coroutine.Yield(); Log("first"); }
            catch (Exception e) { Log(e.Message); await Coroutine.Yield(); }
        }
        """);

    [Fact]
    public void Rethrowing_keeps_the_exception_and_where_it_was_thrown() => Body("""
        try { await Fail(0); } catch (Exception e) { Log(e.Message); Log(e.StackTrace!.Contains("Thrower")); }
        try { await Fail(1); } catch (Exception e) { Log(e.Message); Log(e.StackTrace!.Contains("Thrower")); }
        try { await Fail(2); } catch (Exception e) { Log(e.Message); Log(e.StackTrace!.Contains("Thrower")); }
        Log(await Fail(3));
        """, """
        static void Thrower() => throw new InvalidOperationException("thrown");
        [Coroutine] static async Coroutine<int> Fail(int how)
        {
            try { Thrower(); return 1; }
            catch (InvalidOperationException e)
            {
                e = new InvalidOperationException("assigned");
                await Coroutine.Yield();
                if (how == 0) throw;
                switch (how) { case 1: throw; case 2: try { throw new ArgumentException("nested"); } catch (ArgumentException) { Log("inner"); throw; } }
                Log(e.Message);
                return await Later(how);
            }
        }
        """);

    [Fact]
    public void A_finally_that_suspends_runs_on_every_way_out() => Body("""
        for (int i = 0; i < 7; i++) { try { Log(await Leave(i)); } catch (Exception e) { Log(e.Message); } }
        """, """
        [Coroutine] static async Coroutine<string> Leave(int how)
        {
            for (int i = 0; i < 2; i++)
            {
                try
                {
                    Log("try" + i);
                    if (how == 0) continue;
                    await Coroutine.Yield();
                    if (how == 1) break;
                    if (how == 2) return await Text("returned");
                    if (how == 3) throw new Exception("thrown");
                    if (how == 4 && await Is(i == 1)) goto outside;
                    foreach (int x in new[] { 1, 2 }) { if (how == 5 && x == 2) return "from a leaf"; Log(x); }
                }
                finally
                {
                    Log("finally");
                    await Coroutine.Yield();
                    if (how == 6) throw new Exception("from finally");
                    Log("left");
                }
                Log("next");
            }
            return "end";
        outside:
            return "outside";
        }
        """);

    [Fact]
    public void Finallies_that_suspend_nest_with_those_that_do_not() => Body("""
        for (int i = 0; i < 4; i++)
        {
            try
            {
                try
                {
                    try { if (i == 0) continue; await Coroutine.Yield(); if (i == 1) throw new Exception("one"); if (i == 2) break; Log("body"); }
                    finally { Log("a"); await Coroutine.Yield(); try { Log("b"); } finally { await Coroutine.Yield(); Log("c"); } }
                }
                finally { Log("d"); }
            }
            catch (Exception e) when (e.Message == "one") { Log("e"); await Coroutine.Yield(); try { throw; } catch (Exception again) { Log(again.Message); } finally { await Coroutine.Yield(); Log("f"); } }
            finally { await Coroutine.Yield(); Log("g"); }
            Log("next");
        }
        """);

    [Fact]
    public void Catch_and_finally_suspend_and_the_body_does_not() => Body("""
        for (int i = 0; i < 3; i++)
        {
            try { int local = i; if (local == 1) throw new Exception("one"); if (local == 2) break; Log("body"); }
            catch (Exception e) { await Coroutine.Yield(); Log(e.Message); }
            finally { int local = 5; await Coroutine.Yield(); Log("finally" + local); }
        }
        """);
}
