"""Processes that end with us, however we end."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress

PR_SET_PDEATHSIG = 1
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ending(SystemExit):
    """Somebody asked us to end: Ctrl-C, kill, or the terminal was closed."""


def end_on_signals() -> None:
    """Turn every polite request to end into one exception, so that `finally` runs."""

    def end(number, frame):
        for each in ENDINGS:
            signal.signal(each, signal.SIG_IGN)  # a second Ctrl-C must not cut the clearing up
        raise Ending(0 if number == signal.SIGINT else 128 + number)

    for each in ENDINGS:
        signal.signal(each, end)


def die_with_parent() -> None:
    """Ask the kernel to end us when the process that started us is gone (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def in_child() -> None:
    for each in ENDINGS:
        signal.signal(each, signal.SIG_DFL)
    die_with_parent()


def spawn(*command: str, pass_fds=()) -> subprocess.Popen:
    """Start a child as the leader of its own group: a Ctrl-C reaches us, and we end it."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=in_child,
        pass_fds=pass_fds,
    )


@contextmanager
def ended_with_us(processes: list[subprocess.Popen]):
    """End the processes of the list (as it is then) and all that they started."""
    try:
        yield
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                process.terminate()
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            kill_group(process)


def kill_group(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
