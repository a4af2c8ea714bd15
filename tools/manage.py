"""`make manage ARGS="..."`: any management command on the database of `make run`."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.environment import development
from tools.words import ROOT

with development():
    # The command shares our terminal: it may ask questions, and Ctrl-C is for it.
    try:
        code = subprocess.call([sys.executable, str(ROOT / "manage.py"), *sys.argv[1:]])
    except KeyboardInterrupt:
        code = 130
sys.exit(code)
