"""What must hold of all filters together, asked of the page as visitors and students see it."""

from datetime import date
from html.parser import HTMLParser
from itertools import chain
from random import Random
from urllib.parse import parse_qs, urlencode

import pytest
from django.http import QueryDict

from careers.people.models import Job
from internships.board.filters import FILTERS, SORT
from internships.board.fits import CHOICES, ForMe
from internships.board.models import Posting
from internships.board.query import Search, search
from internships.board.tally import Counts, counted_values
from tests.board.searching import BOARD, chosen_too, many_postings, some_search
from tests.factories import NOW, make_student

pytestmark = pytest.mark.django_db


class Form(HTMLParser):
    """What a browser would send of the form of the board, in the order of the page."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.open_form, self.select = [], "", ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.open_form = given.get("id", "")
        if tag == "select":
            self.select = given["name"] if given.get("form") == "board-form" else ""
        if tag == "option" and self.select and "selected" in given:
            self.sent.append((self.select, given["value"]))
        if tag != "input" or "board-form" not in (given.get("form"), self.open_form):
            return
        if given.get("type") != "checkbox" or "checked" in given:
            self.sent.append((given["name"], given.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self.open_form = ""


def searches(dice, count, *, mine=False):
    """Give searches with all kinds of filters, and with those of a student where she looks."""
    for _ in range(count):
        query = QueryDict(some_search(dice).query, mutable=True)
        for name, value in (("yen", "1100"), ("from", "2026-12-01"), ("until", "2027-05-01")):
            if dice.random() < 0.2:
                query[name] = value
        if mine and dice.random() < 0.6:
            query.setlist("mine", dice.sample(list(CHOICES), dice.randint(1, 2)))
        query["sort"] = dice.choice(list(SORT))
        yield Search.parse(query, for_somebody=mine)


@pytest.fixture
def worker():
    """A student whose own work makes the verdicts differ."""
    student = make_student(blanket_permission_until=date(2027, 12, 31))
    Job.objects.create(student=student, name="Café", weekly_hours=12)
    return student


@pytest.mark.parametrize("mine", [False, True])
def test_the_form_of_an_address_sends_the_same_address(client, worker, mine):
    many_postings(15)
    if mine:
        client.force_login(worker.user)

    for wanted in [Search(), *searches(Random(8), 8, mine=mine)]:
        page = client.get(f"{BOARD}?{wanted.query}" if wanted.query else BOARD)
        sent = client.get(f"{BOARD}?{urlencode(Form(page.text).sent)}", follow=True)
        assert sent.request["QUERY_STRING"] == wanted.query
        assert sent.context["search"] == wanted


def test_taking_a_filter_away_leaves_all_others_and_the_last_one_leaves_all(client):
    many_postings(10)

    for wanted in searches(Random(9), 8):
        tokens = client.get(f"{BOARD}?{wanted.query}" if wanted.query else BOARD).context["tokens"]
        pairs = [(name, value) for name, values in wanted.chosen for value in values]
        for (name, value), token in zip(pairs, tokens, strict=True):
            left = parse_qs(token.query)
            needs_words = SORT[wanted.sort].for_words and name == "q"
            assert left.pop("sort", ["closing"]) == ["closing" if needs_words else wanted.sort]
            assert [(n, v) for n in left for v in left[n]] == [
                pair for pair in pairs if pair != (name, value)
            ]
        for _ in pairs:
            (name, values), *_rest = wanted.chosen
            wanted = wanted.without(name, values[0])
        assert wanted.chosen == ()


def test_nothing_unknown_changes_a_search():
    dice = Random(10)
    nonsense = ["", " ", "gold", "0", "-1", "99", "٣", "None", "B3;B4", "paid ", "2026-13-01"]

    for wanted in searches(dice, 40):
        pairs = list(chain.from_iterable([(n, v) for v in vs] for n, vs in wanted.pairs))
        unused = [name for name in FILTERS if name not in wanted.values and name != "q"]
        junk = [(dice.choice(["colour", "utm_source", "Pay", "pay[]"]), "x")]
        junk += [(name, dice.choice(nonsense)) for name in unused if name not in ("hours", "yen")]
        several = [name for name in wanted.values if getattr(FILTERS[name], "many", False)]
        junk += [(name, dice.choice(nonsense)) for name in several]
        mixed = [*junk, *pairs, *junk]
        # "paid " is nobody's value, and 0 is none of the counted filters.
        assert Search.parse(urlencode(mixed)) == wanted, mixed


def test_each_count_of_a_student_is_what_choosing_it_would_show(worker):
    many_postings(60)
    dice = Random(12)
    choices = [(name, value) for name in FILTERS for value in counted_values(name)]

    for student in (worker, make_student(status_of_residence="PR"), make_student(year="")):
        for_me = ForMe(student, Posting.objects.open(NOW))
        for wanted in searches(dice, 3, mine=True):
            counts = Counts(wanted, NOW, student)
            assert counts.found == search(wanted, at=NOW, for_me=for_me).count()
            for name, value in [*(("mine", each) for each in CHOICES), *dice.sample(choices, 12)]:
                with_it = chosen_too(wanted, name, value)
                listed = search(with_it, at=NOW, for_me=for_me).count()
                assert counts.of(name, value) == listed, with_it


@pytest.mark.parametrize("mine", [False, True])
def test_the_number_beside_a_choice_is_the_number_on_the_page_it_leads_to(client, worker, mine):
    many_postings(24)
    dice = Random(13)
    if mine:
        client.force_login(worker.user)
    names = ["pay", "year", "region", "length", "also", "season", *(["mine"] if mine else [])]

    for name in names:
        page = client.get(BOARD, {"language": ["english", "some"]})
        value = dice.choice(list(FILTERS[name].options))
        beside = page.text.split(f'for="id_{name}_{value}">')[1].split('tally">')[1].split("<")[0]
        chosen = client.get(BOARD, {"language": ["english", "some"], name: value}, follow=True)
        assert len(chosen.context["rows"]) == int(beside), (name, value)
        assert f"{beside} posting" in chosen.text
