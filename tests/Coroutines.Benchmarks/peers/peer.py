"""Python peer: the benchmark cases on asyncio and, where it can be imported, uvloop. Usage: peer.py [case-prefix]

Prints "case<TAB>contender<TAB>ns_per_op<TAB>bytes_per_op". Bytes are known for the *-live lines only (growth of the resident
set); elsewhere the column is 0 because counting would slow the measured code down.
"""

import asyncio
import gc
import os
import socket
import subprocess
import sys
import threading
import time

CONTENDERS = {"asyncio": asyncio.new_event_loop}
try:
    import uvloop

    CONTENDERS["uvloop"] = uvloop.new_event_loop
except ImportError:
    pass   # run.sh says so

MESSAGE = b"x" * 64


# switch: sleep(0) is asyncio's yield.

async def yield_often(times):
    for _ in range(times):
        await asyncio.sleep(0)


def switch(tasks):
    def run(loop, ops):
        async def main():
            await asyncio.gather(*[yield_often(ops // tasks) for _ in range(tasks)])

        loop.run_until_complete(main())

    return run


# nested5

async def suspend1(n):
    await asyncio.sleep(0)
    return n + 1


async def suspend2(n): return await suspend1(n) + 1
async def suspend3(n): return await suspend2(n) + 1
async def suspend4(n): return await suspend3(n) + 1
async def suspend5(n): return await suspend4(n) + 1


async def complete1(n):
    if n < 0:
        await asyncio.sleep(0)
    return n + 1


async def complete2(n): return await complete1(n) + 1
async def complete3(n): return await complete2(n) + 1
async def complete4(n): return await complete3(n) + 1
async def complete5(n): return await complete4(n) + 1


async def add_one(n):
    return n + 1


def summed(call, added):
    def run(loop, ops):
        async def main():
            total = 0
            for i in range(ops):
                total += await call(loop, i)
            assert total == ops * (ops - 1) // 2 + ops * added

        loop.run_until_complete(main())

    return run


async def empty():
    pass


def run_until_complete(loop, ops):
    for _ in range(ops):
        loop.run_until_complete(empty())


# call-soon: `live` callbacks, each of which schedules itself again until all have run `ops` times together.

def call_soon(live):
    def run(loop, ops):
        left = ops

        def callback():
            nonlocal left
            left -= 1
            if left >= live:
                loop.call_soon(callback)
            elif left == 0:
                loop.stop()

        for _ in range(live):
            loop.call_soon(callback)
        loop.run_forever()

    return run


# call-later: a whole batch is armed 1 ms ahead, then run; arming takes longer than that, so nothing waits.

def call_later(loop, ops):
    left = ops

    def callback():
        nonlocal left
        left -= 1
        if left == 0:
            loop.stop()

    for _ in range(ops):
        loop.call_later(0.001, callback)
    loop.run_forever()


def timer_cancel(armed):
    def run(loop, ops):
        async def main():
            for i in range(ops):
                loop.call_later(1000, print).cancel()
                if i % 1000 == 0:
                    await asyncio.sleep(0)   # the loop drops cancelled timers while it turns

        while len(loop.armed) < armed:
            loop.armed.append(loop.call_later(5000, print))
        loop.run_until_complete(main())

    return run


# delay: deadlines spread over a second of real time. Processor time is taken, so that the wait itself is not counted.
# Each run is a process of its own: memory that an earlier case gave back would hide what the sleepers cost.

def delay_once(contender, count):
    """Prints nanoseconds and live bytes per sleeping coroutine."""
    loop = CONTENDERS[contender]()
    left = count

    async def sleep_once(milliseconds):
        nonlocal left
        await asyncio.sleep(milliseconds / 1000)
        left -= 1
        if left == 0:
            loop.stop()

    resident = resident_bytes()
    start = time.process_time_ns()
    tasks = [loop.create_task(sleep_once(i % 1000)) for i in range(count)]
    loop.call_soon(loop.stop)
    loop.run_forever()   # one turn: all of them are armed
    live = resident_bytes() - resident
    if left:
        loop.run_forever()
    del tasks
    print(f"{(time.process_time_ns() - start) / count:.2f}\t{live / count:.2f}")


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def delay(name, count, rounds):
    for contender in CONTENDERS:
        command = [sys.executable, __file__, "--delay", contender, str(count)]
        answers = [subprocess.check_output(command, text=True).split() for _ in range(rounds)]
        best = min(float(nanoseconds) for nanoseconds, _ in answers)
        print(f"{name}\t{contender}\t{best:.2f}\t0.00")
        print(f"{name}-live\t{contender}\t0.00\t{answers[0][1]}", flush=True)


def post_mpsc(loop, ops):
    left = ops

    def callback():
        nonlocal left
        left -= 1
        if left == 0:
            loop.stop()

    def produce():
        for _ in range(ops // 4):
            loop.call_soon_threadsafe(callback)

    producers = [threading.Thread(target=produce) for _ in range(4)]
    for producer in producers:
        producer.start()
    loop.run_forever()
    for producer in producers:
        producer.join()


# echo: protocols, the fastest way these loops have, not streams.

class EchoServer(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data):
        self.transport.write(data)


class EchoClient(EchoServer):
    def __init__(self, round_trips, finished):
        self.round_trips, self.finished, self.missing = round_trips, finished, len(MESSAGE)

    def start(self):
        self.transport.write(MESSAGE)

    def data_received(self, data):
        self.missing -= len(data)
        if self.missing:
            return
        self.missing = len(MESSAGE)
        self.round_trips -= 1
        if self.round_trips:
            self.transport.write(MESSAGE)
        else:
            self.transport.close()
            self.finished.set_result(None)


def echo(connections):
    def run(loop, ops):
        async def main():
            server = await loop.create_server(EchoServer, "127.0.0.1", 0, backlog=1024)
            address = server.sockets[0].getsockname()
            clients = []
            for _ in range(connections):
                finished = loop.create_future()
                _, client = await loop.create_connection(lambda: EchoClient(ops // connections, finished), *address)
                clients.append(client)
            start = time.perf_counter_ns()
            for client in clients:
                client.start()
            await asyncio.wait([client.finished for client in clients])
            taken = time.perf_counter_ns() - start
            server.close()
            await server.wait_closed()
            return taken

        return loop.run_until_complete(main())   # connecting is not part of a round trip

    return run


# name, operations in a round, rounds, what runs them (it may return the nanoseconds to count)
CASES = [
    ("switch-1", 50_000, 5, switch(1)),
    ("switch-1000", 50_000, 5, switch(1000)),
    ("nested5-suspend", 50_000, 5, summed(lambda loop, n: suspend5(n), 5)),
    ("nested5-complete", 50_000, 5, summed(lambda loop, n: complete5(n), 5)),
    ("spawn-await", 20_000, 5, summed(lambda loop, n: loop.create_task(add_one(n)), 1)),
    ("run-until-complete", 10_000, 5, run_until_complete),
    ("call-soon", 50_000, 5, call_soon(1)),
    ("call-soon-1000", 100_000, 5, call_soon(1000)),
    ("call-later", 50_000, 5, call_later),
    ("timer-cancel-10", 50_000, 3, timer_cancel(10)),
    ("timer-cancel-1m", 50_000, 3, timer_cancel(1_000_000)),
    ("post-mpsc", 50_000, 3, post_mpsc),
    ("echo-1", 10_000, 3, echo(1)),
    ("echo-256", 50_000 // 256 * 256, 3, echo(256)),
]
DELAYS = [("delay-100k", 100_000, 2), ("delay-1m", 1_000_000, 1)]


def with_armed_list(make_loop):
    """The 1,000,000 timers of timer-cancel are armed once and stay, so the loop has to be the same in every round."""
    loop = make_loop()
    if isinstance(loop, asyncio.BaseEventLoop):
        loop.armed = []
        return loop

    class Armed(type(loop)):
        armed = []

    return Armed()


def measure(name, ops, rounds, run):
    loops = {contender: with_armed_list(make_loop) for contender, make_loop in CONTENDERS.items()}
    best = dict.fromkeys(loops, float("inf"))
    for round in range(rounds + 1):   # the first round warms up; A B A B ..., not A A ... B B ...
        for contender, loop in loops.items():
            asyncio.set_event_loop(loop)
            gc.collect()
            start = time.perf_counter_ns()
            counted = run(loop, ops)
            taken = time.perf_counter_ns() - start if counted is None else counted
            if round > 0:
                best[contender] = min(best[contender], taken)
    for contender in loops:
        print(f"{name}\t{contender}\t{best[contender] / ops:.2f}\t0.00", flush=True)
    for loop in loops.values():
        loop.close()


def main(prefix=""):
    for name, ops, rounds, run in CASES:
        if name.startswith(prefix):
            measure(name, ops, rounds, run)
    for name, count, rounds in DELAYS:
        if name.startswith(prefix):
            delay(name, count, rounds)


if sys.argv[1:2] == ["--delay"]:
    delay_once(sys.argv[2], int(sys.argv[3]))
else:
    main(*sys.argv[1:2])
