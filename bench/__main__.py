"""`python -m bench [NAME ...]`: run measurements; exit code 1 says a promise is not kept."""

import os
import sys
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
# As in production, but with the static files as they lie.
os.environ |= {"DEBUG": "", "DEMO": "1", "LOG_LEVEL": "WARNING"}

import django

MEASUREMENTS = ["law", "board", "scale", "desk"]

if __name__ == "__main__":
    django.setup()
    names = sys.argv[1:] or MEASUREMENTS
    kept = [import_module(f"bench.{name}").main() for name in names]
    sys.exit(0 if all(kept) else 1)
