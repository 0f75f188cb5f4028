#!/bin/sh
# Builds the peers whose toolchain is present and prints their figures: case, contender, ns_per_op, bytes_per_op, tab separated.
# Usage: peers/run.sh [case-prefix]. What is skipped, and why, goes to standard error.
cd "$(dirname "$0")" || exit 1
prefix=${1:-}
mkdir -p build

present() {
    command -v "$1" >/dev/null 2>&1 && return 0
    echo "run.sh: $1 is not installed, $2 skipped" >&2
    return 1
}

# -march=native and target-cpu=native: the JIT compiles for this machine too.
present g++ cpp && g++ -std=c++20 -O3 -march=native -Wall -Wextra -pthread peer.cpp -o build/cpp && build/cpp "$prefix"
present rustc rust && rustc --edition 2021 -O -C target-cpu=native -C codegen-units=1 peer.rs -o build/rust && build/rust "$prefix"
present gcc c-epoll && gcc -std=c17 -O3 -march=native -Wall -Wextra echo_epoll.c -o build/c-epoll && build/c-epoll "$prefix"

# The python3 found first may be a version manager's, which the distribution's uvloop package does not serve.
python=
for candidate in python3 /usr/bin/python3; do
    command -v $candidate >/dev/null 2>&1 || continue
    python=${python:-$candidate}
    $candidate -c 'import uvloop' 2>/dev/null && python=$candidate && break
done
if [ -n "$python" ]; then
    $python -c 'import uvloop' 2>/dev/null || echo "run.sh: no python3 can import uvloop, uvloop skipped" >&2
    $python peer.py "$prefix"
else
    echo "run.sh: python3 is not installed, asyncio and uvloop skipped" >&2
fi
exit 0
