"""`make bench`: the measurements, on a scratch database beside the one of `make run`."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.environment import development
from tools.words import ROOT

with development():
    code = subprocess.call([sys.executable, "-m", "bench", *sys.argv[1:]], cwd=ROOT)
sys.exit(code)
