"""Whether the board minds how much is stored: `make bench ARGS=scale`.

The same 10,000 open postings among 100,000 stored ones and among 1,000,000. With ten times as
many everything may take at most twice as long. The two are measured one after the other; so that
a busy machine hinders both alike, a page that asks nothing of the postings is measured with each.
To make a million takes some minutes: with BENCH_KEEP=1 they stay for the next time.
"""

from statistics import median

from django.test import Client

from bench import board
from bench.promises import best_of, milliseconds, p95, promise, say
from bench.scratch import board_of
from careers.people.models import User

SMALL, LARGE = 100_000, 1_000_000
MOST_TIMES = 2
BESIDE = "a page without postings"
ROUNDS = 20
OFFICE = {
    "the office's list": "/internships/manage/",
    "the office's list, closed": "/internships/manage/?tab=closed",
    "the office's list, 翻訳": "/internships/manage/?q=翻訳",
}
# In every second posting, whatever its age: the index has ten times as many to give.
COMMON = {"the office's list, インターン": "/internships/manage/?q=インターン"}


def main() -> bool:
    small, large = _measured(SMALL), _measured(LARGE)
    say(f"{'':40}{SMALL:>12,}{LARGE:>12,}   (ms)")
    for name in small:
        say(f"{name:40}{small[name]:12.1f}{large[name]:12.1f}")
    slower = large[BESIDE] / small[BESIDE]
    kept = [
        promise(f"{name}, times as long", large[name] / small[name] / slower, most=MOST_TIMES)
        for name in small
        if name not in {BESIDE, *COMMON}
    ]
    return all(kept)


def _measured(stored: int) -> dict[str, float]:
    with board_of(stored, open_now=board.OPEN):
        client, advisor = Client(), Client()
        user = User.objects.filter(roles__contains=["advisor"]).order_by("pk").first()
        advisor.force_login(user)
        pages = {name: f"/internships/?{query}" for name, query in board.PAGES.items()}
        found = _pages(client, {BESIDE: "/privacy/"} | pages)
        found |= _pages(advisor, OFFICE | COMMON)
        found["first page after a change"] = _after_a_change(client)
        if board.QUERIES.exists():
            queries, requests = board.search_times(client)
            found["page query of a search, p95"] = p95(queries)
            found["whole request of a search, p95"] = p95(requests)
        else:
            say(f"NOT MEASURED: searches, for want of {board.QUERIES}")
    return found


def _pages(client: Client, addresses: dict[str, str]) -> dict[str, float]:
    deeds = [lambda address=address: client.get(address) for address in addresses.values()]
    return dict(zip(addresses, best_of(*deeds, rounds=ROUNDS), strict=True))


def _after_a_change(client: Client) -> float:
    def change_and_look():
        board.change_a_posting()
        return milliseconds(lambda: client.get("/internships/"))

    return median(change_and_look() for _ in range(5))
