"""The filters for one student: exactly the postings whose sign says so."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils import timezone

from careers.law import OUTCOMES, RULEBOOK
from careers.people.calendar import academic_calendar
from careers.people.models import CalendarPeriod, Job, OfficeSettings
from internships.board import fits
from internships.board.fits import CHOICES, FITS, NO_NEW_PERMISSION, ForMe
from internships.board.models import Posting
from internships.board.verdicts import outcomes_for, signs_for
from tests.factories import make_organisation, make_posting, make_student

pytestmark = pytest.mark.django_db
BOARD = "/internships/"
VACATION = (date(2027, 2, 9), date(2027, 3, 31))


@pytest.fixture(autouse=True)
def calendar():
    for kind, first, last in [
        ("term", date(2026, 4, 1), date(2028, 3, 31)),
        ("long_vacation", *VACATION),
        ("long_vacation", date(2027, 8, 5), date(2027, 9, 20)),
    ]:
        CalendarPeriod.objects.create(
            academic_year=2026,
            kind=kind,
            name_ja="期間",
            name_en="Period",
            starts_on=first,
            ends_on=last,
        )


def many_postings(count):
    dice = Random(28)
    host = make_organisation()
    days = [None, *(date(2026, 11, 25) + timedelta(days=17 * step) for step in range(40))]
    for _ in range(count):
        starts_on = dice.choice(days)
        ends_on = starts_on and starts_on + timedelta(days=dice.choice([0, 5, 30, 60, 200]))
        make_posting(
            organisation=host,
            pay_kind=dice.choice(["", "none", "wage", "flat_allowance", "actual_costs"]),
            weekly_hours=dice.choice(
                [None, *map(Decimal, ("8", "18", "20", "20.25", "28", "28.25", "40"))]
            ),
            daily_hours=dice.choice([None, *map(Decimal, ("5", "8", "8.25"))]),
            credit_bearing=dice.random() < 0.3,
            venue=dice.choice(["ordinary", "ordinary", "own_university_ta_ra"]),
            starts_on=starts_on,
            ends_on=dice.choice([ends_on, ends_on, None]),
        )


def plain():
    return make_student()


def holder():
    until = date(2027, 4, 15)
    student = make_student(blanket_permission_until=until, residence_expires_on=until)
    Job.objects.create(student=student, name="Café", weekly_hours=8)
    Job.objects.create(
        student=student, name="Shop", weekly_hours=Decimal("7.75"), ends_on=date(2027, 3, 10)
    )
    Job.objects.create(student=student, name="Bar", weekly_hours=12, starts_on=date(2027, 5, 1))
    return student


def finishing():
    return make_student(
        expected_graduation=date(2027, 9, 30), credits_earned=120, credits_required=124
    )


def permanent():
    return make_student(status_of_residence="PR")


def dependent():
    return make_student(status_of_residence="DEPENDENT", exchange=True)


def silent():
    return make_student(status_of_residence="PREFER_NOT")


@pytest.mark.parametrize("make", [plain, holder, finishing, permanent, dependent, silent])
def test_a_filter_keeps_exactly_the_postings_whose_sign_says_so(make):
    many_postings(400)
    student = make()
    on_the_board = Posting.objects.open(timezone.now())
    signs = signs_for(student, on_the_board)
    for_me = ForMe(student, on_the_board)
    means = {
        FITS: lambda code: bool(code) and OUTCOMES[code].fits == "yes",
        NO_NEW_PERMISSION: lambda code: bool(code) and OUTCOMES[code].no_new_permission is True,
    }

    for choice in CHOICES:
        kept = set(on_the_board.filter(for_me.condition([choice])).values_list("pk", flat=True))

        assert kept == {pk for pk, sign in signs.items() if means[choice](sign.outcome)}
        assert len(for_me.kept([choice])) == len(kept)


def test_the_law_is_asked_about_few_postings_of_many(monkeypatch):
    many_postings(400)
    asked = []
    monkeypatch.setattr(
        fits,
        "outcomes_for",
        lambda student, some: asked.extend(some) or outcomes_for(student, asked),
    )

    ForMe(plain(), Posting.objects.open(timezone.now())).condition([FITS])

    assert 0 < len(asked) < 250


def test_credit_and_length_decide_for_students_of_universities_abroad_alone():
    for edition in RULEBOOK.editions:
        for finding in edition.deciding:
            if {"credit_bearing", "duration_days"} & set(finding.fields):
                values = dict.fromkeys(finding.fields, True) | {"institution": "japan"}
                assert finding.when.holds({**values, **edition.parameters}) is not True
                assert "institution" in finding.fields


def test_a_student_finds_what_asks_her_for_nothing_new(client, student):
    student.blanket_permission_until = date(2027, 12, 31)
    student.save()
    client.force_login(student.user)
    work = {"starts_on": date(2027, 4, 12), "ends_on": date(2027, 5, 12), "pay_kind": "wage"}
    inside = make_posting(weekly_hours=20, daily_hours=5, **work)
    over = make_posting(weekly_hours=36, daily_hours=8, **work)

    found = client.get(BOARD, {"mine": NO_NEW_PERMISSION})

    shown = found.content.decode()
    assert inside.ref in shown
    assert over.ref not in shown
    assert "No new permission for me" in shown
    assert "1 posting" in shown


def test_a_permission_covers_work_to_its_last_day_and_no_longer(client, student):
    until = date(2027, 4, 15)
    student.blanket_permission_until = until
    student.save()
    client.force_login(student.user)
    work = {"starts_on": date(2027, 4, 5), "pay_kind": "wage", "weekly_hours": 8, "daily_hours": 4}
    covered = make_posting(ends_on=until, **work)
    make_posting(ends_on=until + timedelta(days=1), **work)

    found = client.get(BOARD, {"mine": NO_NEW_PERMISSION})

    assert [row.posting for row in found.context["rows"]] == [covered]


def test_filter_count_and_flag_follow_a_choice_of_the_office_at_once(student_client):
    first, last = VACATION
    make_posting(starts_on=first, ends_on=last, pay_kind="none", weekly_hours=35, daily_hours=7)

    def found():
        page = student_client.get(BOARD, {"mine": FITS})
        row = student_client.get(BOARD).context["rows"][0]
        return page.context["found"], len(page.context["rows"]), row.sign.outcome

    before = found()
    office = OfficeSettings.load()
    office.flag_unpaid_over28_in_vacation = False
    office.save()

    assert (before, found()) == ((0, 0, "V_FLAG_CONFIRM"), (1, 1, "V_NOT_NEEDED"))


@pytest.mark.parametrize("role", [None, "advisor"])
def test_for_nobody_but_students_it_is_no_filter(client, person, role):
    make_posting()
    if role:
        client.force_login(person(role))

    response = client.get(BOARD, {"mine": FITS})

    assert response.status_code == 302
    assert response["Location"] == BOARD
    assert 'name="mine"' not in client.get(BOARD).content.decode()


def test_the_filters_cost_the_same_queries_whatever_there_is(student_client, assert_same_queries):
    query = {"mine": list(CHOICES)}

    assert_same_queries(lambda: student_client.get(BOARD, query), make_posting, at_most=10)


@pytest.mark.parametrize("query", ["", "q=research", "q=research&mine=fits&sort=best&hours=28"])
def test_her_first_page_after_a_change_asks_ten_times_at_most(
    student_client, assert_same_queries, query
):
    assert_same_queries(lambda: student_client.get(f"{BOARD}?{query}"), make_posting, at_most=10)


def test_without_any_that_fits_the_way_out_is_told(student_client):
    make_posting(weekly_hours=40, daily_hours=8, pay_kind="wage")

    page = student_client.get(BOARD, {"mine": NO_NEW_PERMISSION})

    assert page.status_code == 200
    assert page.context["changes"]
    assert academic_calendar().vacations
