"""Run import-linter with the contracts of pyproject.toml."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from importlinter.cli import lint_imports_command

lint_imports_command()
