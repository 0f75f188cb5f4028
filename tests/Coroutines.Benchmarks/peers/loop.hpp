// The smallest honest event loop for C++20 coroutines: what a hand-written runtime would do, and no more.
// Single-threaded. A ready ring that grows, timers in a binary heap, lazily started coroutines with symmetric transfer.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

/// Power-of-two ring that grows: bounded memory is not assumed, because the library measured against this does not either.
template <class T>
class Ring {
public:
    bool empty() const { return head_ == tail_; }

    void push(T value) {
        if (tail_ - head_ > mask_) grow();
        slots_[tail_++ & mask_] = value;
    }

    T pop() { return slots_[head_++ & mask_]; }

private:
    [[gnu::noinline]] void grow() {
        auto larger = std::make_unique<T[]>((mask_ + 1) * 2);
        std::size_t count = 0;
        while (!empty()) larger[count++] = pop();
        slots_ = std::move(larger);
        mask_ = mask_ * 2 + 1;
        head_ = 0;
        tail_ = count;
    }

    std::size_t mask_ = 1023;
    std::unique_ptr<T[]> slots_ = std::make_unique<T[]>(mask_ + 1);
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
};

using Handle = std::coroutine_handle<>;

/// Coroutines that are ready, and coroutines that sleep until a virtual time.
struct Loop {
    struct Sleeper {
        std::int64_t deadline;
        std::uint64_t order;
        Handle handle;
        bool operator<(const Sleeper& other) const {   // std::priority_queue puts the largest first
            return deadline != other.deadline ? deadline > other.deadline : order > other.order;
        }
    };

    Ring<Handle> ready;
    std::priority_queue<Sleeper> sleepers;
    std::int64_t now = 0;
    std::uint64_t scheduled = 0;

    void sleep(std::int64_t delay, Handle handle) { sleepers.push({now + delay, scheduled++, handle}); }

    void run() {
        for (;;) {
            while (!ready.empty()) ready.pop().resume();
            if (sleepers.empty()) return;
            now = sleepers.top().deadline;              // nothing is runnable: virtual time jumps
            while (!sleepers.empty() && sleepers.top().deadline <= now) {
                ready.push(sleepers.top().handle);
                sleepers.pop();
            }
        }
    }
};

inline Loop loop;

struct Yield {
    bool await_ready() const noexcept { return false; }
    void await_suspend(Handle handle) const { loop.ready.push(handle); }
    void await_resume() const noexcept {}
};

struct Delay {
    std::int64_t milliseconds;
    bool await_ready() const noexcept { return false; }
    void await_suspend(Handle handle) const { loop.sleep(milliseconds, handle); }
    void await_resume() const noexcept {}
};

/// A root that nobody awaits. It starts at once and frees itself at its end.
struct Detached {
    struct promise_type {
        Detached get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

/// A cold coroutine. Awaited, it runs in place; spawned, it runs from the ready ring and wakes its awaiter through it.
template <class T>
class Co {
public:
    struct promise_type {
        T value;
        Handle continuation = nullptr;
        bool spawned = false;
        bool finished = false;

        Co get_return_object() { return Co(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct Final {
                bool await_ready() noexcept { return false; }
                Handle await_suspend(std::coroutine_handle<promise_type> self) noexcept {
                    promise_type& promise = self.promise();
                    if (!promise.spawned) return promise.continuation;
                    promise.finished = true;
                    if (promise.continuation) loop.ready.push(promise.continuation);
                    return std::noop_coroutine();
                }
                void await_resume() noexcept {}
            };
            return Final{};
        }
        void return_value(T result) { value = result; }
        void unhandled_exception() { std::terminate(); }
    };

    Co(Co&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Co(const Co&) = delete;
    ~Co() { if (handle_) handle_.destroy(); }

    void spawn() {
        handle_.promise().spawned = true;
        loop.ready.push(handle_);
    }

    bool await_ready() const noexcept { return handle_.promise().finished; }
    Handle await_suspend(Handle awaiter) noexcept {
        handle_.promise().continuation = awaiter;
        return handle_.promise().spawned ? std::noop_coroutine() : static_cast<Handle>(handle_);
    }
    T await_resume() { return handle_.promise().value; }

private:
    explicit Co(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
    std::coroutine_handle<promise_type> handle_;
};
