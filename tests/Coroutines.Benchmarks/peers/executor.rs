//! The smallest honest single-threaded executor for Rust futures: tasks in a slab, ready ones in a ring, sleepers in a heap.
//!
//! Wakers are left out on purpose. A leaf puts the running task's number into the ring itself, which is what a runtime for one
//! thread would do if it could; a `Waker` would only make this peer slower.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

type Task = Pin<Box<dyn Future<Output = ()>>>;

struct Executor {
    ready: RefCell<VecDeque<usize>>,
    tasks: RefCell<Vec<Option<Task>>>,
    free: RefCell<Vec<usize>>,
    sleepers: RefCell<BinaryHeap<Reverse<(u64, u64, usize)>>>,
    now: Cell<u64>,
    scheduled: Cell<u64>,
    running: Cell<usize>,
}

thread_local! {
    static EXECUTOR: Executor = const {
        Executor {
            ready: RefCell::new(VecDeque::new()),
            tasks: RefCell::new(Vec::new()),
            free: RefCell::new(Vec::new()),
            sleepers: RefCell::new(BinaryHeap::new()),
            now: Cell::new(0),
            scheduled: Cell::new(0),
            running: Cell::new(0),
        }
    };
}

fn wake(task: usize) {
    EXECUTOR.with(|e| e.ready.borrow_mut().push_back(task));
}

fn running() -> usize {
    EXECUTOR.with(|e| e.running.get())
}

/// Starts a task that nobody awaits; it first runs when its turn comes.
pub fn detach(body: impl Future<Output = ()> + 'static) {
    let body: Task = Box::pin(body);
    let task = EXECUTOR.with(|e| match e.free.borrow_mut().pop() {
        Some(free) => {
            e.tasks.borrow_mut()[free] = Some(body);
            free
        }
        None => {
            let mut tasks = e.tasks.borrow_mut();
            tasks.push(Some(body));
            tasks.len() - 1
        }
    });
    wake(task);
}

/// Runs until nothing is ready and nothing sleeps. Virtual time jumps to the next deadline.
pub fn run() {
    let mut context = Context::from_waker(Waker::noop());
    loop {
        while let Some(task) = EXECUTOR.with(|e| e.ready.borrow_mut().pop_front()) {
            // Taken out while it runs, so that it may spawn into the slab.
            let mut body = EXECUTOR.with(|e| {
                e.running.set(task);
                e.tasks.borrow_mut()[task].take().unwrap()
            });
            let finished = body.as_mut().poll(&mut context).is_ready();
            EXECUTOR.with(|e| {
                if finished {
                    e.free.borrow_mut().push(task);
                } else {
                    e.tasks.borrow_mut()[task] = Some(body);
                }
            });
        }
        let expired = EXECUTOR.with(|e| {
            let mut sleepers = e.sleepers.borrow_mut();
            let Some(Reverse((deadline, _, _))) = sleepers.peek().copied() else { return false };
            e.now.set(deadline);
            while let Some(Reverse((due, _, task))) = sleepers.peek().copied() {
                if due > deadline {
                    break;
                }
                sleepers.pop();
                e.ready.borrow_mut().push_back(task);
            }
            true
        });
        if !expired {
            return;
        }
    }
}

pub struct Yield(bool);

pub fn yield_now() -> Yield {
    Yield(false)
}

impl Future for Yield {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        wake(running());
        Poll::Pending
    }
}

pub struct Delay {
    milliseconds: u64,
    armed: bool,
}

pub fn delay(milliseconds: u64) -> Delay {
    Delay { milliseconds, armed: false }
}

impl Future for Delay {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.armed {
            return Poll::Ready(());
        }
        self.armed = true;
        EXECUTOR.with(|e| {
            let order = e.scheduled.replace(e.scheduled.get() + 1);
            let sleeper = (e.now.get() + self.milliseconds, order, e.running.get());
            e.sleepers.borrow_mut().push(Reverse(sleeper));
        });
        Poll::Pending
    }
}

/// What a spawned task and its awaiter share: the result, and who to wake.
struct Joined<T> {
    value: Cell<Option<T>>,
    awaiter: Cell<Option<usize>>,
}

pub struct JoinHandle<T>(Rc<Joined<T>>);

pub fn spawn<T: 'static>(body: impl Future<Output = T> + 'static) -> JoinHandle<T> {
    let joined = Rc::new(Joined { value: Cell::new(None), awaiter: Cell::new(None) });
    let shared = joined.clone();
    detach(async move {
        shared.value.set(Some(body.await));
        if let Some(awaiter) = shared.awaiter.take() {
            wake(awaiter);
        }
    });
    JoinHandle(joined)
}

impl<T> Future for JoinHandle<T> {
    type Output = T;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        match self.0.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                self.0.awaiter.set(Some(running()));
                Poll::Pending
            }
        }
    }
}
