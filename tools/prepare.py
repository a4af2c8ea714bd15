"""Bring a database up to date and, when it is empty, fill it with the sample university."""

import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402

call_command("migrate", verbosity=0, interactive=False)
if not get_user_model().objects.exists():
    sys.stdout.write("Loading the sample university (once) ...\n")
    sys.stdout.flush()
    call_command("demo")
else:
    call_command("demo", "--age")
