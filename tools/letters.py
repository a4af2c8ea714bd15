"""Sends due letters again and again: in production a timer calls `manage.py send_letters`."""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from tools.processes import die_with_parent

SECONDS = 5


def main() -> None:
    die_with_parent()
    django.setup()
    from django.core.management import call_command
    from django.db import close_old_connections

    with Path(os.devnull).open("w") as nowhere:
        while True:
            time.sleep(SECONDS)
            close_old_connections()
            call_command("send_letters", stdout=nowhere)


if __name__ == "__main__":
    main()
