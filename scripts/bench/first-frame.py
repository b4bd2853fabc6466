"""Starts programs in a real pseudo-terminal and times what they write.

Reads {"rounds", "columns", "rows", "env", "cases": [{"name", "argv", "until": [text, ...]}]} from standard input.
Writes, for each case, milliseconds from the spawn to the first byte and to each text: one list a round.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

GUARD_S = 30
CONTROL = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_])")


def measure(argv, until, env, columns, rows):
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execvpe(argv[0], argv, env)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    first = None
    seen = {}
    raw = b""
    try:
        while len(seen) < len(until):
            left = started + GUARD_S - time.perf_counter()
            if left <= 0 or not select.select([terminal], [], [], left)[0]:
                raise SystemExit(f"{argv}: {until} not seen within {GUARD_S} s")
            try:
                data = os.read(terminal, 65536)
            except OSError:
                data = b""
            now = (time.perf_counter() - started) * 1000
            if not data:
                raise SystemExit(f"{argv} ended before {until}: {raw[-2000:]!r}")
            first = now if first is None else first
            raw += data
            text = CONTROL.sub("", raw.decode("utf-8", "replace"))
            for wanted in until:
                if wanted in text:
                    seen.setdefault(wanted, now)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    return [first] + [seen[wanted] for wanted in until]


def main():
    job = json.load(sys.stdin)
    times = {case["name"]: [] for case in job["cases"]}
    for _ in range(job["rounds"]):
        for case in job["cases"]:
            times[case["name"]].append(
                measure(case["argv"], case["until"], job["env"], job["columns"], job["rows"])
            )
    json.dump(times, sys.stdout)


main()
