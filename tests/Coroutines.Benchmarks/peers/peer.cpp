// C++20 peer: the benchmark cases on the minimal loop of loop.hpp. Usage: cpp [case-prefix]
// Prints "case<TAB>cpp<TAB>ns_per_op<TAB>bytes_per_op"; bytes are those asked of operator new.
#include "loop.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <malloc.h>
#include <mutex>
#include <new>
#include <string>
#include <thread>

static std::uint64_t allocated;

void* operator new(std::size_t size) {
    allocated += size;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

// Read at run time, so that the compiler cannot know that "never" never comes.
static volatile std::int64_t never_source = std::numeric_limits<std::int64_t>::min();
static const std::int64_t never = never_source;

static void check(std::int64_t seen, std::int64_t expected) {
    if (seen == expected) return;
    std::fprintf(stderr, "peer.cpp: wrong result %lld, expected %lld\n", (long long)seen, (long long)expected);
    std::exit(1);
}

// switch: the awaited thing is the ready ring itself.

static Detached yield_often(int times) {
    for (int i = 0; i < times; i++) co_await Yield{};
}

static void switch_tasks(int tasks, int ops) {
    for (int i = 0; i < tasks; i++) yield_often(ops / tasks);
    loop.run();
}

// nested5: every level adds one, so that no level can be dropped; the sum is checked.

static Co<std::int64_t> suspend1(std::int64_t n) { co_await Yield{}; co_return n + 1; }
static Co<std::int64_t> suspend2(std::int64_t n) { co_return co_await suspend1(n) + 1; }
static Co<std::int64_t> suspend3(std::int64_t n) { co_return co_await suspend2(n) + 1; }
static Co<std::int64_t> suspend4(std::int64_t n) { co_return co_await suspend3(n) + 1; }
static Co<std::int64_t> suspend5(std::int64_t n) { co_return co_await suspend4(n) + 1; }

static Co<std::int64_t> complete1(std::int64_t n) { if (n == never) co_await Yield{}; co_return n + 1; }
static Co<std::int64_t> complete2(std::int64_t n) { co_return co_await complete1(n) + 1; }
static Co<std::int64_t> complete3(std::int64_t n) { co_return co_await complete2(n) + 1; }
static Co<std::int64_t> complete4(std::int64_t n) { co_return co_await complete3(n) + 1; }
static Co<std::int64_t> complete5(std::int64_t n) { co_return co_await complete4(n) + 1; }

static std::int64_t sum;

static Detached sum_suspending(int ops) { for (int i = 0; i < ops; i++) sum += co_await suspend5(i); }
static Detached sum_completing(int ops) { for (int i = 0; i < ops; i++) sum += co_await complete5(i); }

static Co<std::int64_t> add_one(std::int64_t n) { co_return n + 1; }

static Detached sum_spawned(int ops) {
    for (int i = 0; i < ops; i++) {
        Co<std::int64_t> child = add_one(i);
        child.spawn();
        sum += co_await child;
    }
}

static void summed(Detached (*body)(int), int ops, int added) {
    sum = 0;
    body(ops);
    loop.run();
    check(sum, (std::int64_t)ops * (ops - 1) / 2 + (std::int64_t)ops * added);
}

static Detached empty() { co_return; }

static void run_until_complete(int ops) {
    for (int i = 0; i < ops; i++) {
        empty();
        loop.run();
    }
}

// delay: virtual time, deadlines spread over a second.

static std::int64_t woken;

static Detached sleep_once(int milliseconds) {
    co_await Delay{milliseconds};
    woken++;
}

static void start_sleepers(int count) {
    for (int i = 0; i < count; i++) sleep_once(i % 1000);
}

static void delay(int count) {
    woken = 0;
    start_sleepers(count);
    loop.run();
    check(woken, count);
}

static double live_bytes_per_sleeper(int count) {
    loop.sleepers = {};
    auto in_use = [] { struct mallinfo2 info = mallinfo2(); return (double)(info.uordblks + info.hblkhd); };
    double before = in_use();
    start_sleepers(count);
    double live = in_use() - before;
    loop.run();
    return live / count;
}

// call-soon: callbacks through a ring, a function pointer and its state; each schedules itself again until its count is used up.

struct Callback {
    void (*run)(void*);
    void* state;
};

static Ring<Callback> callbacks;

static void reschedule(void* state) {
    if (--*static_cast<int*>(state) > 0) callbacks.push({reschedule, state});
}

static void call_soon(int live, int ops) {
    std::vector<int> left(live, ops / live);
    for (int& count : left) callbacks.push({reschedule, &count});
    while (!callbacks.empty()) {
        Callback callback = callbacks.pop();
        callback.run(callback.state);
    }
}

// call-later: a whole batch is armed 1 ms ahead on the real clock, then run; arming takes longer than that, so nothing waits.

struct Timer {
    std::chrono::steady_clock::time_point deadline;
    std::uint64_t order;
    Callback callback;
    bool operator<(const Timer& other) const {
        return deadline != other.deadline ? deadline > other.deadline : order > other.order;
    }
};

static void call_later(int ops) {
    using clock = std::chrono::steady_clock;
    std::priority_queue<Timer> timers;
    int fired = 0;
    auto count = [](void* state) { ++*static_cast<int*>(state); };
    for (int i = 0; i < ops; i++) timers.push({clock::now() + std::chrono::milliseconds(1), (std::uint64_t)i, {count, &fired}});
    while (!timers.empty()) {
        auto now = clock::now();
        if (timers.top().deadline > now) std::this_thread::sleep_until(timers.top().deadline);
        while (!timers.empty() && timers.top().deadline <= now) {
            Callback callback = timers.top().callback;
            timers.pop();
            callback.run(callback.state);
        }
    }
    check(fired, ops);
}

// post-mpsc: four threads post through a mutex, the loop takes everything that is there at once.

static void post_mpsc(int ops) {
    std::mutex mutex;
    std::condition_variable posted;
    std::vector<Callback> inbox, batch;
    int ran = 0;
    auto count = [](void* state) { ++*static_cast<int*>(state); };
    std::vector<std::thread> producers;
    for (int p = 0; p < 4; p++)
        producers.emplace_back([&] {
            for (int i = 0; i < ops / 4; i++) {
                bool was_empty;
                {
                    std::lock_guard lock(mutex);
                    was_empty = inbox.empty();
                    inbox.push_back({count, &ran});
                }
                if (was_empty) posted.notify_one();
            }
        });
    while (ran < ops) {
        {
            std::unique_lock lock(mutex);
            posted.wait(lock, [&] { return !inbox.empty(); });
            batch.swap(inbox);
        }
        for (Callback callback : batch) callback.run(callback.state);
        batch.clear();
    }
    for (std::thread& producer : producers) producer.join();
}

static const char* prefix = "";

static void print(const char* name, double nanoseconds, double bytes) {
    std::printf("%s\tcpp\t%.2f\t%.2f\n", name, nanoseconds, bytes);
    std::fflush(stdout);
}

static void measure(const char* name, int ops, int rounds, const std::function<void(int)>& body) {
    if (std::strncmp(name, prefix, std::strlen(prefix)) != 0) return;
    body(ops);   // warm-up: caches, the heap, the ring's final size
    double best = std::numeric_limits<double>::max();
    std::uint64_t bytes = 0;
    for (int round = 0; round < rounds; round++) {
        std::uint64_t before = allocated;
        auto start = std::chrono::steady_clock::now();
        body(ops);
        double taken = std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count();
        if (taken < best) best = taken;
        bytes = allocated - before;
    }
    print(name, best / ops, (double)bytes / ops);
}

static void measure_live(const char* name, int count) {
    if (std::strncmp(name, prefix, std::strlen(prefix)) == 0) print(name, 0, live_bytes_per_sleeper(count));
}

int main(int argc, char** argv) {
    if (argc > 1) prefix = argv[1];
    measure("switch-1", 5'000'000, 7, [](int ops) { switch_tasks(1, ops); });
    measure("switch-1000", 5'000'000, 7, [](int ops) { switch_tasks(1000, ops); });
    measure("nested5-suspend", 500'000, 7, [](int ops) { summed(sum_suspending, ops, 5); });
    measure("nested5-complete", 500'000, 7, [](int ops) { summed(sum_completing, ops, 5); });
    measure("spawn-await", 1'000'000, 7, [](int ops) { summed(sum_spawned, ops, 1); });
    measure("run-until-complete", 1'000'000, 7, run_until_complete);
    measure("call-soon", 5'000'000, 7, [](int ops) { call_soon(1, ops); });
    measure("call-soon-1000", 5'000'000, 7, [](int ops) { call_soon(1000, ops); });
    measure("call-later", 100'000, 7, call_later);
    measure("delay-100k", 100'000, 7, delay);
    measure_live("delay-100k-live", 100'000);
    measure("delay-1m", 1'000'000, 3, delay);
    measure_live("delay-1m-live", 1'000'000);
    measure("post-mpsc", 1'000'000, 5, post_mpsc);
}
