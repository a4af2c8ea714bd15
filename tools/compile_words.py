"""Compile the .po files named on the command line."""

import sys
from pathlib import Path

import polib

for name in sys.argv[1:]:
    target = Path(name).with_suffix(".mo")
    fresh = target.with_suffix(f".{target.parent.parent.name}.new")
    polib.pofile(name).save_as_mofile(str(fresh))
    fresh.replace(target)
