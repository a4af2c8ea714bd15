"""`make run`: the site with sample data on http://localhost:PORT, until Ctrl-C."""

import errno
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.environment import development, port
from tools.processes import die_with_parent, end_on_signals, ended_with_us, kill_group, spawn
from tools.words import ROOT, say, stop

TOO_SOON = 3  # seconds; a server that ends sooner has not really started
PATIENCE = 5  # such starts in a row


def main() -> None:
    os.chdir(ROOT)
    end_on_signals()
    die_with_parent()
    sockets = listen(port())
    with development() as cluster:
        prepare()
        serve(sockets, cluster)


def listen(number: int) -> list[socket.socket]:
    """Take the port before anything slow. We keep it when the server is started again."""
    sockets = [bound(socket.AF_INET, "127.0.0.1", number)]
    with suppress(OSError):  # a machine without IPv6
        sockets.append(bound(socket.AF_INET6, "::1", number))
    return sockets


def bound(family, host: str, number: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, number))
        listener.listen(512)
    except PermissionError:
        stop(f"port {number} needs special rights.", "Choose another: make run PORT=8001")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        stop(
            f"port {number} is taken by another program.",
            f"Choose another: make run PORT={number + 1}",
        )
    return listener


def prepare() -> None:
    """Bring the tables and, into an empty database, the sample university."""
    preparing = []
    with ended_with_us(preparing):
        preparing.append(spawn(sys.executable, "tools/prepare.py"))
        if preparing[0].wait():
            stop("the database could not be prepared (the reason stands above).")


def serve(sockets: list[socket.socket], cluster) -> None:
    """Keep the server, and the database under it, alive."""
    running = []
    hasty = 0
    with ended_with_us(running):
        while True:
            started = time.monotonic()
            server = gunicorn(sockets)
            running[:] = [server]
            if not hasty:
                say(f"\nShirube is at http://localhost:{port()}  (Ctrl-C stops it)\n")
            watch(server, cluster)
            kill_group(server)  # orphaned workers would go on answering with nobody over them
            hasty = hasty + 1 if time.monotonic() - started < TOO_SOON else 0
            if hasty == PATIENCE:
                stop("the server ends again and again (the reason stands above).")
            say("The server has ended unexpectedly; starting it again.")


def gunicorn(sockets: list[socket.socket]) -> subprocess.Popen:
    numbers = [listener.fileno() for listener in sockets]
    binds = [word for number in numbers for word in ("--bind", f"fd://{number}")]
    return spawn(sys.executable, "-m", "gunicorn", *binds, "careers.wsgi", pass_fds=numbers)


def watch(server: subprocess.Popen, cluster) -> None:
    while True:
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=1)
            return
        if cluster and not cluster.process():
            say("The database has ended unexpectedly; starting it again.")
            time.sleep(1)  # its orphans leave first
            cluster.start()


if __name__ == "__main__":
    main()
