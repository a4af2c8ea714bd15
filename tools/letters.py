"""Writes and sends due letters again and again: in production timers call `manage.py
write_alerts` and `manage.py send_letters`."""

import os
import sys
import time
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from tools.processes import die_with_parent

SECONDS = 5
# Looking for what is due to be written costs more than sending what is there.
ROUNDS_BETWEEN_ALERTS = 12


def main() -> None:
    die_with_parent()
    django.setup()
    from django.core.management import call_command
    from django.db import close_old_connections

    with Path(os.devnull).open("w") as nowhere:
        for round_ in count():
            time.sleep(SECONDS)
            close_old_connections()
            if round_ % ROUNDS_BETWEEN_ALERTS == 0:
                call_command("write_alerts", stdout=nowhere)
            call_command("send_letters", stdout=nowhere)


if __name__ == "__main__":
    main()
