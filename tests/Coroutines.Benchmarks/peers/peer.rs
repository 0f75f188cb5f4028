//! Rust peer: the benchmark cases on the minimal executor of executor.rs. Usage: rust [case-prefix]
//! Prints `case<TAB>rust<TAB>ns_per_op<TAB>bytes_per_op`; bytes are those asked of the global allocator.

mod executor;

use executor::{delay, detach, run, spawn, yield_now};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::{BinaryHeap, VecDeque};
use std::future::Future;
use std::hint::black_box;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// Counts with relaxed loads and stores, not with atomic additions: cheap, and exact while one thread allocates (all but post-mpsc).
struct Counting;

static ALLOCATED: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.store(ALLOCATED.load(Relaxed) + layout.size(), Relaxed);
        LIVE.store(LIVE.load(Relaxed).wrapping_add(layout.size()), Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        LIVE.store(LIVE.load(Relaxed).wrapping_sub(layout.size()), Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// switch

async fn yield_often(times: usize) {
    for _ in 0..times {
        yield_now().await;
    }
}

fn switch(tasks: usize, ops: usize) {
    for _ in 0..tasks {
        detach(yield_often(ops / tasks));
    }
    run();
}

// nested5: every level adds one, so that no level can be dropped; `black_box` keeps the sum from being worked out at compile time.

async fn suspend1(n: i64) -> i64 {
    yield_now().await;
    n + 1
}
async fn suspend2(n: i64) -> i64 { suspend1(n).await + 1 }
async fn suspend3(n: i64) -> i64 { suspend2(n).await + 1 }
async fn suspend4(n: i64) -> i64 { suspend3(n).await + 1 }
async fn suspend5(n: i64) -> i64 { suspend4(n).await + 1 }

async fn complete1(n: i64) -> i64 {
    if n == i64::MIN {
        yield_now().await;
    }
    n + 1
}
async fn complete2(n: i64) -> i64 { complete1(n).await + 1 }
async fn complete3(n: i64) -> i64 { complete2(n).await + 1 }
async fn complete4(n: i64) -> i64 { complete3(n).await + 1 }
async fn complete5(n: i64) -> i64 { complete4(n).await + 1 }

async fn add_one(n: i64) -> i64 {
    n + 1
}

fn summed<F: Future<Output = i64>>(ops: usize, added: i64, mut call: impl FnMut(i64) -> F + 'static) {
    let sum = Rc::new(Cell::new(0));
    let seen = sum.clone();
    detach(async move {
        for i in 0..ops as i64 {
            sum.set(sum.get() + call(black_box(i)).await);
        }
    });
    run();
    let ops = ops as i64;
    assert_eq!(seen.get(), ops * (ops - 1) / 2 + ops * added);
}

fn run_until_complete(ops: usize) {
    for _ in 0..ops {
        detach(async {});
        run();
    }
}

// delay: virtual time, deadlines spread over a second.

fn start_sleepers(count: usize, woken: &Rc<Cell<usize>>) {
    for i in 0..count {
        let woken = woken.clone();
        detach(async move {
            delay((i % 1000) as u64).await;
            woken.set(woken.get() + 1);
        });
    }
}

fn delays(count: usize) {
    let woken = Rc::new(Cell::new(0));
    start_sleepers(count, &woken);
    run();
    assert_eq!(woken.get(), count);
}

/// Must be the first to run that many: the slab, the ring and the heap belong to what a sleeper costs.
/// A last task looks at the allocator when every sleeper is armed.
fn live_bytes_per_sleeper(count: usize, before: usize) -> f64 {
    let live = Rc::new(Cell::new(0));
    let seen = live.clone();
    start_sleepers(count, &Rc::new(Cell::new(0)));
    detach(async move { live.set(LIVE.load(Relaxed)) });
    run();
    (seen.get() - before) as f64 / count as f64
}

// call-soon: a boxed closure per callback is what Rust would do; a function pointer with its state is faster, so that is here.

type Callback = (fn(&mut Callbacks, usize), usize);

struct Callbacks {
    queue: VecDeque<Callback>,
    left: Vec<usize>,
}

fn reschedule(callbacks: &mut Callbacks, state: usize) {
    callbacks.left[state] -= 1;
    if callbacks.left[state] > 0 {
        callbacks.queue.push_back((reschedule, state));
    }
}

fn call_soon(live: usize, ops: usize) {
    let mut callbacks = Callbacks { queue: VecDeque::new(), left: vec![ops / live; live] };
    for state in 0..live {
        callbacks.queue.push_back((black_box(reschedule), state));
    }
    while let Some((callback, state)) = callbacks.queue.pop_front() {
        callback(&mut callbacks, state);
    }
}

// call-later: a whole batch is armed 1 ms ahead on the real clock, then run; arming takes longer than that, so nothing waits.

fn call_later(ops: usize) {
    let fired = Cell::new(0);
    let count: fn(&Cell<usize>) = black_box(|fired| fired.set(fired.get() + 1));
    let mut timers = BinaryHeap::new();
    for order in 0..ops {
        timers.push(std::cmp::Reverse((Instant::now() + Duration::from_millis(1), order, count as usize)));
    }
    while let Some(std::cmp::Reverse((deadline, _, _))) = timers.peek().copied() {
        let now = Instant::now();
        if deadline > now {
            std::thread::sleep(deadline - now);
        }
        while timers.peek().is_some_and(|next| next.0.0 <= now) {
            timers.pop();
            count(&fired);
        }
    }
    assert_eq!(fired.get(), ops);
}

// post-mpsc: four threads post a function through the standard library's unbounded channel.

fn post_mpsc(ops: usize) {
    let (post, inbox) = mpsc::channel::<fn(&Cell<usize>)>();
    for _ in 0..4 {
        let post = post.clone();
        std::thread::spawn(move || {
            for _ in 0..ops / 4 {
                post.send(|ran| ran.set(ran.get() + 1)).unwrap();
            }
        });
    }
    drop(post);
    let ran = Cell::new(0);
    for callback in inbox {
        callback(&ran);
    }
    assert_eq!(ran.get(), ops);
}

struct Runner {
    prefix: String,
    live_at_start: usize,
}

impl Runner {
    fn measure(&self, name: &str, ops: usize, rounds: usize, body: impl Fn(usize)) {
        if !name.starts_with(&self.prefix) {
            return;
        }
        body(ops); // warm-up: caches, the heap, the final size of slab and ring
        let mut best = f64::MAX;
        let mut bytes = 0;
        for _ in 0..rounds {
            let before = ALLOCATED.load(Relaxed);
            let start = Instant::now();
            body(ops);
            best = best.min(start.elapsed().as_nanos() as f64);
            bytes = ALLOCATED.load(Relaxed).wrapping_sub(before);
        }
        println!("{name}\trust\t{:.2}\t{:.2}", best / ops as f64, bytes as f64 / ops as f64);
    }

    fn measure_live(&self, name: &str, count: usize) {
        if name.starts_with(&self.prefix) {
            println!("{name}\trust\t0.00\t{:.2}", live_bytes_per_sleeper(count, self.live_at_start));
        }
    }
}

fn main() {
    let prefix = std::env::args().nth(1).unwrap_or_default();
    let runner = Runner { prefix, live_at_start: LIVE.load(Relaxed) };
    runner.measure("switch-1", 5_000_000, 7, |ops| switch(1, ops));
    runner.measure("switch-1000", 5_000_000, 7, |ops| switch(1000, ops));
    runner.measure("nested5-suspend", 1_000_000, 7, |ops| summed(ops, 5, suspend5));
    runner.measure("nested5-complete", 5_000_000, 7, |ops| summed(ops, 5, complete5));
    runner.measure("spawn-await", 1_000_000, 7, |ops| summed(ops, 1, |n| spawn(add_one(n))));
    runner.measure("run-until-complete", 1_000_000, 7, run_until_complete);
    runner.measure("call-soon", 5_000_000, 7, |ops| call_soon(1, ops));
    runner.measure("call-soon-1000", 5_000_000, 7, |ops| call_soon(1000, ops));
    runner.measure("call-later", 100_000, 7, call_later);
    runner.measure_live("delay-100k-live", 100_000);
    runner.measure("delay-100k", 100_000, 7, delays);
    runner.measure_live("delay-1m-live", 1_000_000);
    runner.measure("delay-1m", 1_000_000, 3, delays);
    runner.measure("post-mpsc", 1_000_000, 5, post_mpsc);
}
