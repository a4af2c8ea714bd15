"""Imports that are killed, and people who do something at the same moment."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction

from careers.record.models import Event
from internships.board import organisations, uploads, workflow
from internships.board.importing import import_table, read_table
from internships.board.models import ImportFile, Organisation, Posting
from tests.board.importing import LINE, all_rows, as_csv, take
from tests.factories import make_organisation, make_posting, make_user
from tests.together import at_once, meanwhile, start_and_let_wait

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def advisors():
    return [make_user(roles=["advisor"]) for _n in range(2)]


def a_file(lines=6, hosts=3):
    """Lines without numbers, so that only the names tell what is there already."""
    made = (
        LINE | {"ref": "", "title_ja": f"港の調査{n}", "organisation_ja": f"株式会社港{n % hosts}"}
        for n in range(lines)
    )
    return as_csv(*(line | {"organisation_en": ""} for line in made))


def numbers_of_rows():
    return {
        "postings": Posting.objects.count(),
        "plans": Posting.objects.order_by().values("title_ja", "organisation").distinct().count(),
        "organisations": Organisation.objects.count(),
        "events": Event.objects.filter(verb="imported").count(),
    }


# ── Killed in the middle ────────────────────────────────────────────────────────────────────


def test_an_import_that_is_killed_leaves_nothing_and_runs_again(tmp_path):
    file = tmp_path / "sent.csv"
    file.write_bytes(a_file(lines=600, hosts=40))
    before = all_rows()

    process = start_import(file)
    wait_until_rows_are_written(process, at_least=150)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = all_rows()
    again = start_import(file)
    told, _ = again.communicate()

    assert process.returncode == -signal.SIGKILL
    assert left == before
    assert (again.returncode, told.splitlines()[-1]) == (
        0,
        "600 created, 0 updated, 0 unchanged, 0 refused.",
    )
    assert numbers_of_rows() == {
        "postings": 600,
        "plans": 600,
        "organisations": 40,
        "events": 640,
    }


def start_import(file):
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return subprocess.Popen(
        [sys.executable, "manage.py", "import_postings", str(file), "--lang=en"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address._replace(path=f"/{name}").geturl()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_until_rows_are_written(process, at_least):
    """A sequence is seen from outside although the rows are not."""
    first = None
    while process.poll() is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT last_value, pg_sleep(0.01) FROM board_posting_id_seq")
            last = cursor.fetchone()[0]
        first = last if first is None else first
        if last - first >= at_least:
            return
    raise AssertionError(process.communicate()[0])


# ── At the same moment ──────────────────────────────────────────────────────────────────────


def test_two_who_import_the_same_file_at_once_make_each_posting_once(advisors):
    table = read_table(a_file())

    one, other = at_once(*(lambda by=by: import_table(table, by=by) for by in advisors))

    assert sorted([one.count("created"), other.count("created")]) == [0, 6]
    assert sorted([one.count("unchanged"), other.count("unchanged")]) == [0, 6]
    assert numbers_of_rows() == {"postings": 6, "plans": 6, "organisations": 3, "events": 9}


def test_a_button_pressed_twice_at_once_imports_once(advisors):
    by = advisors[0]
    file = uploads.keep(a_file(), name="x.csv", publish=False, by=by, key=uuid4())

    one, other = at_once(*[lambda: uploads.carry_out(file, by=by)] * 2)

    assert one.counts == other.counts == ImportFile.objects.get().counts
    assert one.counts["created"] == Posting.objects.count() == 6


def test_two_who_write_the_same_new_name_at_once_make_one_organisation(advisors):
    def write(name, by):
        with transaction.atomic():
            return organisations.find_or_add(name, "", by=by)

    one, other = at_once(
        lambda: write("株式会社みなと", advisors[0]), lambda: write("株式会社　みなと", advisors[1])
    )

    assert one == other == Organisation.objects.get()


def test_an_edit_during_an_import_waits_and_is_told(advisors):
    take({}, publish=True)
    posting = Posting.objects.get()
    seen = workflow.version(posting)

    with meanwhile(
        lambda: workflow.edit(posting, {"openings": 9}, by=advisors[0], seen=seen)
    ) as answer:
        take({"pay_yen": "1400"}, publish=True)

    posting.refresh_from_db()
    assert isinstance(answer[0], workflow.Conflict)
    assert (posting.openings, posting.pay_yen) == (3, 1400)


def test_of_two_who_merge_the_same_two_at_once_one_does_and_the_other_is_told(advisors):
    a, b = make_organisation(), make_organisation()
    make_posting(organisation=a)
    make_posting(organisation=b)

    answers = at_once(
        lambda: organisations.merge(a, b, by=advisors[0]),
        lambda: organisations.merge(b, a, by=advisors[1]),
    )

    assert sorted(isinstance(answer, organisations.Conflict) for answer in answers) == [False, True]
    (stays,) = Organisation.objects.present()
    assert stays.postings.count() == 2


def test_a_posting_moved_to_an_organisation_that_is_being_merged_goes_along(advisors):
    old, into, elsewhere = (make_organisation() for _n in range(3))
    posting = make_posting(organisation=elsewhere)
    seen = workflow.version(posting)
    move = {"organisation_id": old.pk}

    with meanwhile(lambda: workflow.edit(posting, move, by=advisors[0], seen=seen)) as answer:
        organisations.merge(old, into, by=advisors[1])

    posting.refresh_from_db()
    assert isinstance(answer[0], Event)
    assert posting.organisation == into


def test_what_is_being_published_is_closed_with_all_else_of_an_organisation_that_is_stopped(
    advisors,
):
    posting = make_posting(state="in_review")

    with meanwhile(lambda: stop(posting.organisation, by=advisors[0])) as answer:
        workflow.publish(posting, by=advisors[1])

    posting.refresh_from_db()
    assert isinstance(answer[0], Event)
    assert posting.state == "withdrawn"


def test_nothing_is_published_of_an_organisation_that_is_being_stopped(advisors):
    posting = make_posting(state="in_review")

    with meanwhile(lambda: workflow.publish(posting, by=advisors[1])) as answer:
        stop(posting.organisation, by=advisors[0])

    posting.refresh_from_db()
    assert isinstance(answer[0], workflow.Refused)
    assert posting.state == "in_review"


def test_what_a_file_brings_is_closed_with_all_else_of_an_organisation_that_is_stopped(advisors):
    take({}, publish=True)
    organisation = Organisation.objects.get()

    with meanwhile(lambda: stop(organisation, by=advisors[0])) as answer:
        take({"ref": "I26-9002", "title_ja": "駅の調査"}, publish=True)

    assert isinstance(answer[0], Event)
    assert [posting.state for posting in Posting.objects.all()] == ["withdrawn"] * 2


def stop(organisation, *, by):
    flag = {"flag": "stop", "flag_staff": "Wages not paid."}
    words = {"flag_student_ja": "", "flag_student_en": ""}
    seen = organisations.version(organisation)
    return organisations.set_flag(organisation, flag | words, by=by, seen=seen, close_postings=True)


def test_a_new_posting_of_an_organisation_that_is_merged_away_belongs_to_the_other(advisors):
    old, into = make_organisation(), make_organisation()
    organisations.merge(old, into, by=advisors[0])

    Posting.objects.bulk_create([Posting(ref="B1", title_ja="題", organisation_id=old.pk)])

    assert Posting.objects.get().organisation == into


@pytest.mark.parametrize("verb", ["rename", "merge"])
def test_who_publishes_and_who_changes_the_organisation_do_not_wait_in_a_circle(advisors, verb):
    posting, other = make_posting(state="in_review"), make_organisation()
    host = posting.organisation
    deeds = {
        "rename": lambda: organisations.change(
            host, {"name_en": "New"}, by=advisors[0], seen=0, verb="edited"
        ),
        "merge": lambda: organisations.merge(host, other, by=advisors[0]),
    }

    answer = []
    with transaction.atomic():
        # In the order of publishing: the posting, then its organisation.
        Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
        thread = start_and_let_wait(deeds[verb], answer)
        Organisation.objects.select_for_update().get(pk=host.pk)
    thread.join(30)

    assert isinstance(answer[0], Event)
