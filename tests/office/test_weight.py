"""What a phone has to load before it shows a page: at most 80 KB, as sent."""

import gzip
import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import reverse

from careers.prefectures import PREFECTURES
from tests.factories import TODAY, make_faculty, make_posting

pytestmark = pytest.mark.django_db

MOST = 80_000
# What a browser follows by itself: in a page, and in a stylesheet.
IN_PAGE = re.compile(r'<(?:link|script|img|use)\b[^>]*?\b(?:href|src)="([^"#]+)')
IN_SHEET = re.compile(r"""url\(["']?([^"')]+)""")
ONLY_WHEN_ASKED = re.compile(r'<link rel="(?:alternate|canonical)"[^>]*>')


@pytest.fixture
def full_board():
    for code in PREFECTURES:
        make_faculty(code=f"f{code}")
        posting = make_posting(
            prefecture=code,
            programme_type=2,
            starts_on=TODAY,
            ends_on=TODAY,
            weekly_hours=20,
            description_ja=f"地域{code}の川と橋を調べて、報告書にまとめます。" * 20,
            description_en=f"Survey the rivers and bridges of region {code}. " * 20,
        )
    return posting


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["front", "posting_list", "posting_detail"])
def test_first_view_is_light(client, full_board, language, name):
    client.cookies["django_language"] = language
    address = reverse(name, args=[full_board.ref] if name == "posting_detail" else [])

    sizes = {}
    load(client, address, sizes)

    assert "/static/site.css" in sizes
    assert "/static/icons.svg" in sizes
    assert sum(sizes.values()) <= MOST, sizes


def load(client, address, sizes):
    """Fetch an address, and in turn what it needs; note the bytes of each as they are sent."""
    if address in sizes or address.startswith("data:"):
        return
    assert not urlsplit(address).netloc, f"{address} is another site's"
    response = client.get(address, headers={"accept-encoding": "gzip"})
    assert (response.status_code, response.headers.get("Content-Encoding")) == (200, "gzip"), (
        address
    )
    sent = response.getvalue()
    sizes[address] = len(sent)
    text = gzip.decompress(sent).decode()
    is_sheet = response.headers["Content-Type"].startswith("text/css")
    needed = IN_SHEET.findall(text) if is_sheet else IN_PAGE.findall(ONLY_WHEN_ASKED.sub("", text))
    for each in needed:
        load(client, urljoin(address, each), sizes)
