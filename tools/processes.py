"""Processes that end with us, however we end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import contextmanager, suppress

from tools.words import say, stop

PR_SET_PDEATHSIG = 1
TOO_SOON = 3  # seconds; a program that ends sooner has not really started
PATIENCE = 5  # such starts in a row
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


class Program:
    """A Python program of ours that is started again when it ends unasked.

    It leads its own process group: a Ctrl-C reaches us alone, and we end it.
    """

    def __init__(self, name: str, arguments: list[str], *, inherited: Sequence[int] = ()):
        self.name = name
        self.command = [sys.executable, *arguments]
        self.inherited = inherited
        self.process: subprocess.Popen | None = None
        self.started = 0.0
        self.hasty = 0

    def start(self) -> subprocess.Popen:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=in_child,
            pass_fds=self.inherited,
        )
        return self.process

    def look_after(self) -> None:
        if self.process is None or self.process.poll() is None:
            return
        self.kill_group()  # orphaned workers would go on answering with nobody over them
        self.hasty = self.hasty + 1 if time.monotonic() - self.started < TOO_SOON else 0
        if self.hasty == PATIENCE:
            stop(f"the {self.name} ends again and again (the reason stands above).")
        say(f"The {self.name} has ended unexpectedly; starting it again.")
        self.start()

    def ask_to_end(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                self.process.terminate()

    def make_end(self) -> None:
        if self.process:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=10)
            self.kill_group()

    def kill_group(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def ended_with_us(programs: list[Program]):
    """End the programs and all that they started, however we end."""
    try:
        yield
    finally:
        for program in programs:
            program.ask_to_end()
        for program in programs:
            program.make_end()
