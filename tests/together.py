"""Several people at the same moment, each with a database connection of her own."""

from contextlib import contextmanager
from threading import Barrier, Thread

from django.db import connection, transaction


def at_once(*deeds):
    """Run deeds in connections of their own, started together; give what each came to."""
    barrier, results = Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        barrier.wait(10)
        results[place] = _outcome(deed)

    threads = [Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def _outcome(deed):
    try:
        return deed()
    except Exception as error:
        return error
    finally:
        connection.close()


@contextmanager
def meanwhile(deed):
    """Do what stands in the block in one transaction, while somebody else waits to do `deed`.

    The transaction ends when the other one waits for it; gives a list with what she came to.
    """
    results = []
    with transaction.atomic():
        yield results
        thread = start_and_let_wait(deed, results)
    thread.join(30)


def start_and_let_wait(deed, results):
    """Start a deed in a connection of its own; go on when it waits for this one."""
    thread = Thread(target=lambda: results.append(_outcome(deed)))
    thread.start()
    while thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_sleep(0.01), count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[1]:
                break
    return thread
