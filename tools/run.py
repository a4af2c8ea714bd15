"""`make run`: the site with sample data on http://localhost:PORT, until Ctrl-C."""

import errno
import os
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.environment import development, port
from tools.postgres import NotStarted, OperationalError
from tools.processes import Program, die_with_parent, end_on_signals, ended_with_us
from tools.words import ROOT, say, stop


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
    preparing = Program("preparation", ["tools/prepare.py"])
    with ended_with_us([preparing]):
        if preparing.start().wait():
            stop("the database could not be prepared (the reason stands above).")


def serve(sockets: list[socket.socket], cluster) -> None:
    """Keep the server, the sender of letters and the database under them alive."""
    programs = [
        Program("server", gunicorn(sockets), inherited=[each.fileno() for each in sockets]),
        Program("sender of letters", ["tools/letters.py"]),
    ]
    with ended_with_us(programs):
        for program in programs:
            program.start()
        say(f"\nShirube is at http://localhost:{port()}  (Ctrl-C stops it)\n")
        while True:
            time.sleep(0.5)
            if cluster and not cluster.process():
                say("The database has ended unexpectedly; starting it again.")
                time.sleep(1)  # its orphans leave first; if they need longer we come again
                with suppress(NotStarted, OperationalError):
                    cluster.start()
            for program in programs:
                program.look_after()


def gunicorn(sockets: list[socket.socket]) -> list[str]:
    binds = [word for each in sockets for word in ("--bind", f"fd://{each.fileno()}")]
    return ["-m", "gunicorn", *binds, "careers.wsgi"]


if __name__ == "__main__":
    main()
