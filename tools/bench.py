"""`make bench`: the measurements, on the database server of `make run`."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.environment import development
from tools.words import ROOT

with development():
    sys.exit(subprocess.call([sys.executable, "-m", "bench", *sys.argv[1:]], cwd=ROOT))
