"""`make run` as a person meets it: real processes, a real port, a folder with an awkward name."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tools.postgres import cluster_in_use

# What our own tests run with must not steer the program under test.
CLEAN = {
    key: value
    for key, value in os.environ.items()
    if key not in {"DATABASE_URL", "SECRET_KEY", "DEMO", "SITE_ADDRESS", "ALLOWED_HOSTS"}
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, seconds=60):
    """Ask until the answer is yes. The clock of the tests stands still; this one does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def answers(port):
    try:
        address = f"http://localhost:{port}/healthz"
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status == 200
    except OSError:
        return False


def process_of(data):
    """Give the database's process; None in the moment when its file is being written anew."""
    try:
        words = next(data.glob("postgres/data-*/postmaster.pid")).read_text().split()
    except (StopIteration, FileNotFoundError):
        return None
    return int(words[0]) if words else None


def lives(number):
    """A dead process may stay in the list as a zombie where nobody collects them."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children_of(number):
    found = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    return [int(child) for child in found]


def everyone_under(number):
    below = children_of(number)
    return below + [each for child in below for each in everyone_under(child)]


@contextmanager
def run(data, port):
    command = [sys.executable, str(settings.BASE_DIR / "tools" / "run.py")]
    environment = {**CLEAN, "SHIRUBE_DATA": str(data), "PORT": str(port)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data 空 白"


def test_run_survives_killed_servers_and_leaves_nothing_behind(data):
    port = free_port()

    with run(data, port) as process:
        wait_until(lambda: answers(port), seconds=180)

        programs = children_of(process.pid)  # the server and the sender of letters
        for each in programs:
            os.kill(each, signal.SIGKILL)
        wait_until(lambda: len(set(children_of(process.pid)) - set(programs)) == 2)
        wait_until(lambda: answers(port))

        database = process_of(data)
        os.kill(database, signal.SIGKILL)
        wait_until(lambda: process_of(data) not in (None, database))
        wait_until(lambda: answers(port))

        everyone = [*everyone_under(process.pid), process_of(data)]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)

    assert process.returncode == 0
    assert [number for number in everyone if lives(number)] == []


def test_run_names_the_port_that_is_taken(data):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with run(data, port) as process:
            said, _ = process.communicate(timeout=30)

    assert process.returncode == 1
    assert f"port {port} is taken" in said
    assert f"PORT={port + 1}" in said


@pytest.mark.parametrize("port", ["0", "65536", "eighty"])
def test_run_refuses_what_is_no_port(data, port):
    with run(data, port) as process:
        said, _ = process.communicate(timeout=30)

    assert process.returncode == 1
    assert f"PORT={port} is no port number" in said


def test_a_database_stays_while_somebody_uses_it(data):
    with cluster_in_use(data, fast=True) as first:
        with cluster_in_use(data, fast=True) as second:
            assert second.url == first.url
        assert first.answers()
        number = first.process()

    assert not lives(number)
    assert not first.sockets.exists()


def test_a_database_keeps_what_it_holds(data):
    with cluster_in_use(data, fast=True) as cluster, cluster.connect() as connection:
        connection.cursor().execute("CREATE ROLE kept")

    with cluster_in_use(data, fast=True) as cluster, cluster.connect() as connection:
        cursor = connection.cursor()
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname = 'kept'")
        assert cursor.fetchone() == (1,)
