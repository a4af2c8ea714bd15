"""Postings from a file: the sample file, run again, what is on the board already, refusals."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.desk import letters
from careers.desk.models import Letter
from careers.record.models import Event
from internships.board import content, versions, workflow
from internships.board.importing import Stopped, Table, import_table, read_table
from internships.board.importing.cells import COLUMNS
from internships.board.importing.comparing import texts_of
from internships.board.management.commands.import_postings import language_of_terminal
from internships.board.models import Organisation, Posting
from tests.board.importing import LINE, SAMPLE, all_rows, as_csv, take
from tests.factories import make_organisation, make_posting

pytestmark = pytest.mark.django_db


def test_the_sample_file_gives_157_published_and_3_held(capsys):
    call_command("import_postings", SAMPLE, "--publish", "--lang=en")

    assert "160 created, 0 updated, 0 unchanged, 0 refused.\n157 published, 3 held." in (
        capsys.readouterr().out
    )
    assert Posting.objects.filter(state="published").count() == 157
    held = Posting.objects.filter(state="in_review").order_by("ref")
    assert [(posting.ref, posting.problems[0]) for posting in held] == [
        ("I26-0115", "P_FUEIHO"),
        ("I26-0154", "P_FUEIHO"),
        ("I26-0157", "P_FUEIHO"),
    ]
    assert Posting.objects.open(timezone.now()).count() == 91 - 3
    assert Organisation.objects.count() == 97


def test_running_twice_changes_no_row_and_logs_no_event():
    table = read_table(SAMPLE.read_bytes())
    import_table(table, publish=True)
    before = all_rows()

    summary = import_table(table, publish=True)

    assert {result.action for result in summary.results} == {"unchanged"}
    assert all_rows() == before


def test_running_twice_without_numbers_changes_nothing_either():
    lines = [{"ref": ""}, {"ref": ""}, {"ref": "", "title_ja": "別の調査"}]
    take(*lines)
    before = all_rows()

    summary = take(*lines)

    assert [result.action for result in summary.results] == ["unchanged"] * 3
    assert all_rows() == before


@pytest.mark.parametrize("publish", [False, True])
def test_the_same_lines_sent_again_without_their_numbers_change_nothing(publish):
    take({}, publish=True)
    before = all_rows()

    (result,) = take({"ref": ""}, publish=publish).results

    assert (result.action, result.posting.ref) == ("unchanged", "I26-9001")
    assert all_rows() == before


def test_a_line_without_number_finds_its_posting_after_a_correction_by_hand():
    take({"ref": ""})
    Posting.objects.update(title_ja="手で直した題名", ends_on=date(2027, 2, 19))

    summary = take({"ref": "", "openings": "5"}, force=True)

    posting = Posting.objects.get()
    assert summary.results[0].action == "updated"
    assert (posting.title_ja, posting.openings) == ("手で直した題名", 5)


def test_a_posting_written_by_hand_is_found_by_its_number():
    host = make_organisation(name_ja="株式会社みなと")
    make_posting(ref="I26-9001", organisation=host, title_ja="港の調査", title_en="")

    summary = take({}, publish=True)

    assert summary.results[0].action == "updated"
    assert Posting.objects.get().title_en == "Port survey"


def test_the_report_that_cannot_be_written_stops_before_anything_is_done(tmp_path):
    with pytest.raises(CommandError, match="cannot be written") as stopped:
        call_command("import_postings", SAMPLE, "--report", tmp_path / "no" / "r.csv", "--lang=en")

    assert stopped.value.returncode == 2
    assert not Posting.objects.exists()


def test_a_report_that_fails_after_the_import_says_that_the_import_is_done(tmp_path, capsys):
    (tmp_path / "r.csv.part").mkdir()

    with pytest.raises(CommandError, match="The import is done, but its report") as failed:
        call_command("import_postings", SAMPLE, "--report", tmp_path / "r.csv", "--lang=en")

    assert failed.value.returncode == 1
    assert "160 created" in capsys.readouterr().out
    assert Posting.objects.count() == 160


def test_the_report_gives_back_every_column_as_understood(tmp_path):
    report = tmp_path / "report.csv"

    call_command("import_postings", SAMPLE, "--report", report, "--lang=en")

    with (
        SAMPLE.open(encoding="utf-8", newline="") as sent,
        report.open(encoding="utf-8", newline="") as told,
    ):
        sent, told = list(csv.DictReader(sent)), list(csv.DictReader(told))
    assert list(told[0]) == ["row", "excel_row", *COLUMNS, "problems", "action", "note"]
    assert [{name: line[name] for name in COLUMNS} for line in told] == sent
    assert (told[0]["row"], told[0]["excel_row"], told[0]["action"]) == ("1", "2", "created")
    assert told[1]["problems"] == "P_OVER28"


def test_a_trial_run_writes_nothing(capsys):
    before = all_rows()

    call_command("import_postings", SAMPLE, "--publish", "--dry-run", "--lang=en")

    assert "157 published" in capsys.readouterr().out
    assert all_rows() == before


def test_a_failure_in_the_middle_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError):
        import_table(_BreaksAfterTheFirstLine(read_table(as_csv(LINE, LINE | {"ref": "I26-9002"}))))

    assert not Posting.objects.exists()
    assert not Organisation.objects.exists()
    assert not Event.objects.exists()


class _BreaksAfterTheFirstLine:
    def __init__(self, table):
        self._lines = table.lines
        self._walks = 0

    @property
    def lines(self):
        self._walks += 1
        yield self._lines[0]
        # The first walk reads the cells, the second one saves.
        if self._walks > 1:
            raise ZeroDivisionError
        yield from self._lines[1:]


def test_without_publishing_everything_waits_for_review():
    take({})

    posting = Posting.objects.get()
    assert (posting.state, posting.published_at) == ("in_review", None)
    assert list(Event.objects.order_by("pk").values_list("verb", "actor")) == [
        ("imported", None),
        ("imported", None),
    ]


def test_what_waited_for_review_is_published_by_a_later_run():
    take({})

    summary = take({}, publish=True)

    assert summary.results[0].action == "updated"
    assert Posting.objects.get().state == "published"
    assert Event.objects.filter(verb="published").count() == 1


def test_a_posting_that_the_office_closed_stays_closed():
    take({}, publish=True)
    Posting.objects.update(state="withdrawn", withdrawn_at=timezone.now())

    take({}, publish=True)

    assert Posting.objects.get().state == "withdrawn"


def test_a_change_in_the_file_changes_that_field_and_keeps_what_was_edited_by_hand():
    take({}, publish=True)
    Posting.objects.update(title_ja="手で直した題名")

    summary = take({"openings": "5"}, publish=True)

    posting = Posting.objects.get()
    assert summary.results[0].action == "updated"
    assert (posting.openings, posting.title_ja, posting.state) == (5, "手で直した題名", "published")
    event = Event.objects.filter(verb="imported", object_kind="board.Posting").first()
    assert (event.before, event.after) == ({"openings": "3"}, {"openings": "5"})


def test_a_host_is_one_host_however_its_name_is_written():
    take(
        {},
        {"ref": "I26-9002", "organisation_ja": "株式会社 みなと", "organisation_kana": "ミナト"},
        {"ref": "I26-9003", "organisation_ja": "", "organisation_en": "ＭＩＮＡＴＯ inc."},
    )

    host = Organisation.objects.get()
    assert (host.name_ja, host.name_en, host.name_kana) == (
        "株式会社みなと",
        "Minato Inc.",
        "ミナト",
    )


def test_lines_without_host_or_title_are_refused_and_the_others_go_in(tmp_path, capsys):
    file = tmp_path / "sent.csv"
    nameless = {"organisation_ja": " ", "organisation_en": ""}
    untitled = {"title_ja": "", "title_en": "x" * 301}
    file.write_bytes(as_csv(LINE | nameless, LINE | untitled, LINE, LINE))

    with pytest.raises(CommandError) as stopped:
        call_command("import_postings", file, "--lang=en")

    assert (stopped.value.returncode, str(stopped.value)) == (1, "3 lines were refused.")
    told = capsys.readouterr().out
    assert "Line 2 refused: The line names no organisation." in told
    assert "Line 3 refused: title_en: 301 characters are too many; at most 300 fit." in told
    assert "Line 5 refused: Line 4 has the same number I26-9001." in told
    assert Posting.objects.count() == 1


def test_a_line_that_the_database_refuses_takes_its_host_along_and_the_next_makes_it():
    # More different words than one search column takes.
    fields = ("description_ja", "description_en", "requirements_ja", "requirements_en")
    starts = (0x20000, 0x2A700, 0x4E00, 0x25000)
    endless = {
        name: "".join(chr(start + n) for n in range(20_000))
        for name, start in zip(fields, starts, strict=True)
    }

    summary = take(endless, {"ref": "I26-9002", "title_ja": "次の調査"})

    assert [result.action for result in summary.results] == ["refused", "created"]
    assert "The database refused the line" in summary.results[0].notes[0]
    assert Organisation.objects.get().postings.get().ref == "I26-9002"


def test_what_the_database_refuses_is_not_counted_as_published():
    endless = {"description_ja": "".join(chr(0x20000 + n) for n in range(40_000))}
    endless["description_en"] = "".join(chr(0x25000 + n) for n in range(20_000))

    summary = take(endless, publish=True)

    assert (summary.count("refused"), summary.published) == (1, 0)


def test_a_line_without_a_number_takes_none_that_a_later_line_names():
    summary = take({"ref": "", "title_ja": "次の調査"}, {"ref": "I26-0001"})

    assert [result.posting.ref for result in summary.results] == ["I26-0002", "I26-0001"]


def test_a_trial_run_tells_what_the_run_itself_tells():
    take({}, {"ref": "I26-9002", "title_ja": "次の調査"}, publish=True)
    lines = (
        {"openings": "9"},
        {"ref": "I26-9002", "title_ja": "次の調査"},
        {"ref": "", "title_ja": "別の調査", "organisation_ja": "株式会社やま"},
        {"ref": "", "title_ja": "別の調査", "organisation_ja": "株式会社やま"},
        {"ref": "I26-9005", "title_ja": "", "title_en": ""},
    )

    def told(summary):
        return [
            (one.action, one.problems, one.why, one.waits, one.goes_up, one.changes)
            for one in summary.results
        ]

    trial = take(*lines, publish=True, dry_run=True)
    run = take(*lines, publish=True)

    assert told(trial) == told(run)
    assert (trial.digest, trial.published) == (run.digest, run.published)
    assert [result.action for result in run.results] == [
        "updated",
        "unchanged",
        "created",
        "created",
        "refused",
    ]


def test_messages_come_in_the_language_of_the_terminal(monkeypatch):
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")

    assert language_of_terminal() == "ja"


def test_messages_come_in_japanese_too(tmp_path, capsys):
    file = tmp_path / "sent.csv"
    file.write_bytes(as_csv(LINE | {"organisation_ja": "", "organisation_en": ""}))

    with pytest.raises(CommandError, match="1行を受け付けませんでした。"):
        call_command("import_postings", file, "--lang=ja")

    assert "2行目を受け付けませんでした:受入先の名称がありません。" in capsys.readouterr().out


# ── What is on the board already ────────────────────────────────────────────────────────────


def pending():
    return Posting.objects.get().pending


def test_a_change_of_what_is_on_the_board_waits_beside_it(person):
    advisor = person("advisor")
    take({}, publish=True)

    summary = take({"openings": "5", "title_ja": "港の新しい調査"}, by=advisor)

    posting = Posting.objects.get()
    assert (summary.results[0].action, summary.waiting) == ("updated", 1)
    assert (posting.state, posting.openings, posting.title_ja) == ("published", 3, "港の調査")
    assert (posting.pending, posting.pending_state, posting.pending_by) == (
        {"title_ja": "港の新しい調査", "openings": 5},
        "in_review",
        advisor,
    )
    (line, other) = versions.compare(content.of(posting), content.of(content.with_pending(posting)))
    assert (line.name, other.name) == ("title_ja", "openings")


def test_a_change_that_waits_is_written_once_and_approved_like_any_other(person):
    take({}, publish=True)
    take({"openings": "5"})
    before = all_rows()

    summary = take({"openings": "5"})
    assert (summary.results[0].action, summary.waiting) == ("unchanged", 0)
    assert all_rows() == before
    posting = Posting.objects.get()
    workflow.approve_change(posting, by=person("advisor"), seen=workflow.version(posting))
    before = all_rows()
    take({"openings": "5"})

    assert all_rows() == before
    assert (Posting.objects.get().openings, pending()) == (5, None)
    assert [version.changed for version in versions.versions_of(posting)] == [["openings"], []]


def test_a_change_that_was_dropped_does_not_come_back_with_the_same_file(person):
    take({}, publish=True)
    take({"openings": "5"})
    workflow.drop_change(Posting.objects.get(), by=person("advisor"))

    take({"openings": "5"})
    assert pending() is None
    take({"openings": "6"})

    assert pending() == {"openings": 6}


def test_what_a_file_takes_back_does_not_wait_any_longer():
    take({}, publish=True)
    take({"openings": "5", "pay_yen": "1400"})

    take({"openings": "5"})
    assert pending() == {"openings": 5}
    take({})

    assert pending() is None


def test_a_file_adds_to_what_a_colleague_wrote_and_leaves_her_words(
    person, second_person_publishes
):
    take({}, publish=True)
    posting = Posting.objects.get()
    values = {"title_en": "Harbour survey", "openings": 4}
    workflow.edit(posting, values, by=person("advisor"), seen=workflow.version(posting))

    take({"pay_yen": "1400"}, publish=True)
    assert pending() == {"title_en": "Harbour survey", "openings": 4, "pay_yen": 1400}
    take({"pay_yen": "1300"}, publish=True)

    assert pending() == {"title_en": "Harbour survey", "openings": 4}


def test_with_publish_it_is_changed_at_once_and_the_version_before_is_kept():
    take({}, publish=True)
    Posting.objects.update(title_ja="手で直した題名")

    summary = take({"openings": "5", "title_ja": "港の新しい調査"}, publish=True)

    posting = Posting.objects.get()
    new, old = versions.versions_of(posting)
    assert (summary.waiting, posting.state, posting.pending) == (0, "published", None)
    assert (new.values["openings"], old.values["openings"]) == (5, 3)
    assert (new.values["title_ja"], old.values["title_ja"]) == ("港の新しい調査", "手で直した題名")


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ({"closes_at": ""}, {"closes_at": None}),
        ({"closes_at": "2026-10-01"}, {"closes_at": "2026-10-01T23:59:00+09:00"}),
        ({"pay_yen": "much"}, {"pay_yen": None}),
        ({"weekly_hours": "45"}, {"weekly_hours": "45.00"}),
    ],
)
def test_what_may_not_go_on_the_board_waits_even_with_publish(line, waits):
    take({}, publish=True)

    summary = take(line, publish=True)

    posting = Posting.objects.get()
    assert (summary.results[0].held, posting.state, posting.pending) == (True, "published", waits)


def test_the_change_of_a_host_waits_too_and_leads_back_to_it_as_a_version(person):
    take({}, publish=True)
    first = Organisation.objects.get()
    other = {"organisation_ja": "株式会社やま", "organisation_en": "Yama"}

    take(other)
    posting = Posting.objects.get()
    assert posting.organisation == first
    assert list(posting.pending) == ["organisation_id"]
    workflow.drop_change(posting, by=person("advisor"))
    take(other | {"organisation_en": "Yama Inc."}, publish=True)

    new, old = versions.versions_of(Posting.objects.get())
    assert str(Organisation.objects.get(pk=new.values["organisation_id"])) == "Yama Inc."
    assert old.values["organisation_id"] == first.pk


@pytest.mark.parametrize("publish", [False, True])
def test_a_column_that_the_file_does_not_have_says_nothing(publish):
    take({"ends_on": "2027-02-31"}, {"ref": "I26-9002", "schedule_note": "昼から"}, publish=True)
    before = {posting.ref: texts_of(posting) for posting in Posting.objects.order_by("pk")}
    names = ["ref", "title_ja", "organisation_ja", "openings"]
    rows = [
        ["I26-9001", "港の調査", "株式会社みなと", "5"],
        ["I26-9002", "港の調査", "株式会社みなと"],
        ["I26-9002", "", "株式会社みなと"],
    ]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([names, *rows])

    summary = import_table(read_table(file.getvalue().encode()), publish=publish)

    # The second line is shorter than the headers: what is missing at its end is empty.
    said = {"I26-9001": {"openings": "5"}, "I26-9002": {"openings": ""}}
    shown = map(content.with_pending, Posting.objects.order_by("pk"))
    after = {posting.ref: texts_of(posting) | {"problems": ""} for posting in shown}
    assert after == {ref: texts | said[ref] | {"problems": ""} for ref, texts in before.items()}
    assert "P_IMPOSSIBLE_DATE" in Posting.objects.get(ref="I26-9001").problems
    assert "P_DESC_MISSING" not in summary.results[2].problems
    assert [result.action for result in summary.results] == ["updated", "updated", "refused"]


def test_a_line_with_few_columns_that_names_another_host_gives_it_nothing_of_the_first():
    take({})
    known = make_organisation(name_ja="株式会社やま", name_en="", name_kana="")
    file = "ref,title_ja,organisation_ja\nI26-9001,港の調査,株式会社やま\n"

    import_table(read_table(file.encode()))
    import_table(read_table(file.replace("やま", "うみ").encode()))

    hosts = Organisation.objects.exclude(name_ja=LINE["organisation_ja"]).order_by("pk")
    assert [(one.name_ja, one.name_en, one.name_kana) for one in hosts] == [
        ("株式会社やま", "", ""),
        ("株式会社うみ", "", ""),
    ]
    assert Posting.objects.get().organisation == hosts[1]
    assert hosts[0] == known


def test_of_two_hosts_of_one_name_that_of_the_posting_is_meant():
    make_organisation(name_ja=LINE["organisation_ja"], name_en="Minato Port", flag="")
    twin = make_organisation(name_ja=LINE["organisation_ja"], name_en="Minato Inc.")
    posting = make_posting(organisation=twin, title_ja="港の調査")
    names = "ref,title_ja,organisation_ja,organisation_kana"
    file = f"{names}\n{posting.ref},港の調査,株式会社みなと,ミナト\n"

    import_table(read_table(file.encode()))

    named = Organisation.objects.exclude(name_kana="").order_by("pk")
    assert list(named) == [twin]


def test_a_host_corrected_by_hand_stays_when_the_file_changes_something_else():
    take({}, publish=True)
    other = make_organisation()
    Posting.objects.update(organisation=other)

    take({"openings": "5"}, publish=True)

    posting = Posting.objects.get()
    assert (posting.organisation, posting.openings) == (other, 5)


def test_a_published_posting_that_turns_out_restricted_leaves_the_board():
    take({}, publish=True)
    take({"openings": "5"})

    take({"venue": "fueiho", "openings": "5"}, publish=True, force=True)

    posting = Posting.objects.get()
    assert (posting.state, posting.venue, posting.openings) == ("in_review", "fueiho", 5)
    assert posting.pending is None


def test_a_new_closing_date_cancels_the_letters_about_the_old_one(student):
    take({}, publish=True)
    posting = Posting.objects.get()
    with transaction.atomic():
        letters.write("posting_closing", student.user, posting, context={"ref": posting.ref})

    take({"closes_at": "2027-01-29T17:00:00+09:00"}, publish=True)

    assert Letter.objects.get().state == "cancelled"


def test_unchanged_lines_write_nothing_at_all():
    table = read_table(SAMPLE.read_bytes())
    import_table(table, publish=True)

    with CaptureQueriesContext(connection) as queries:
        import_table(table, publish=True)

    words = {query["sql"].split()[0] for query in queries}
    assert words <= {"SELECT", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"}


def test_unchanged_lines_ask_no_more_however_many_there_are():
    table = read_table(SAMPLE.read_bytes())
    import_table(table)
    counts = {}

    for lines in (1, 3, 30, 160):
        with CaptureQueriesContext(connection) as queries:
            import_table(Table(table.lines[:lines]))
        counts[lines] = len(queries)

    assert max(counts.values()) <= 10, counts


def test_a_file_that_would_empty_the_board_stops_and_asks():
    lines = [{"ref": f"I26-900{n}", "title_ja": f"港の調査{n}"} for n in range(4)]
    take(*lines, publish=True)
    over = {"closes_at": "2026-11-20"}
    before = all_rows()

    take(*(line | over for line in lines[:2]), publish=True)
    with pytest.raises(Stopped, match="2 of 2"):
        take(*(line | over for line in lines), publish=True)

    assert Posting.objects.open(timezone.now()).count() == 2
    take(*(line | over for line in lines), publish=True, force=True)
    assert not Posting.objects.open(timezone.now()).exists()
    assert len(all_rows()[Posting]) == len(before[Posting])


def test_a_later_day_alone_changes_nothing(frozen_moment):
    take({}, publish=True)
    before = all_rows()
    frozen_moment.shift(timedelta(days=200))

    summary = take({}, publish=True)

    assert (summary.results[0].action, summary.results[0].problems) == (
        "unchanged",
        ["P_PAST_DATE"],
    )
    assert all_rows() == before
