import csv
from datetime import datetime
from pathlib import Path

import pytest

from internships.board import search
from internships.board.models import Organisation, Posting
from tests.make import make_organisation, make_posting

SHARED = Path(__file__).parents[3] / "shared" / "data"
for _folder in Path(__file__).parents:
    if (_folder / "shared" / "data").is_dir():
        SHARED = _folder / "shared" / "data"

pytestmark = pytest.mark.django_db
