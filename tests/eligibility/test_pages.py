"""The pages of the wizard over HTTP: what they show, keep, store and never store."""

import logging
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from internships.placements.models import Placement, Verdict
from tests.eligibility.answers import ENGLISH, OVER, STUDENT, said, visit
from tests.factories import make_posting, make_student, make_user

UNPAID_OVER = {
    key: value
    for key, value in OVER.items()
    if key not in ("exchange_student", "has_individual_permission", "level", "final_year")
    and not key.startswith("credits")
} | {"pay_kind": "none"}
ABROAD = {
    "institution": "foreign",
    "status_of_residence": "NONE_ABROAD",
    "venue": "ordinary",
    "pay_kind": "none",
    "credit_bearing": "y",
    "starts_on": "2027-07-01",
    "ends_on": "2027-08-30",
}

pytestmark = pytest.mark.django_db


def query_of(response):
    split = urlsplit(response.headers["Location"])
    return split.path, {key: values[0] for key, values in parse_qs(split.query).items()}


def test_the_first_question_is_shown_to_a_visitor(client):
    shown = visit(client, "wizard")

    assert shown.status_code == 200
    assert "Where are you enrolled for your degree?" in said(shown)


def test_an_answer_leads_to_the_next_question(client):
    sent = visit(client, "wizard", {"institution": "japan", "go": "institution"})

    assert query_of(sent) == (reverse("wizard"), {"institution": "japan"})


def test_nothing_chosen_is_an_error_and_never_a_no(client):
    shown = visit(client, "wizard", STUDENT, go="pay")

    assert "Choose what you will receive." in said(shown)
    assert "<title>Error: " in said(shown)
    assert 'role="alert"' in said(shown)


def test_what_was_typed_stays_beside_its_error(client):
    answers = OVER | {"hours_per_week": "<b>169</b>"}

    shown = visit(client, "wizard", answers, go="hours")

    text = said(shown)
    assert "Write hours as one number from 0 to 168" in text
    assert 'value="&lt;b&gt;169&lt;/b&gt;"' in text
    assert 'name="pay_kind" value="wage"' in text


def test_a_last_day_before_the_first_offers_the_next_year(client):
    answers = STUDENT | {"pay_kind": "wage", "credit_bearing": "n"}

    shown = visit(
        client, "wizard", answers, starts_on="2027-02-15", ends_on="2026-03-12", go="dates"
    )

    assert "The last day is before the first day. Did you mean 2027-03-12?" in said(shown)


def test_full_width_digits_are_read_and_written_as_usual_ones(client):
    answers = {key: value for key, value in OVER.items() if not key.startswith("hours")}

    sent = visit(
        client, "wizard", answers, hours_per_week="３５", hours_per_day="７．５", go="hours"
    )

    _path, query = query_of(sent)
    assert (query["hours_per_week"], query["hours_per_day"]) == ("35", "7.5")


def test_not_sure_beside_a_number_counts_when_nothing_is_typed(client):
    answers = {key: value for key, value in OVER.items() if key != "other_weekly_work_hours"}
    address = reverse("wizard")
    query = {**answers, "go": "other_work", "other_weekly_work_hours": ["", "unsure"]}

    sent = client.get(address, query)

    assert query_of(sent)[1]["other_weekly_work_hours"] == "unsure"


def test_a_change_names_the_answers_that_no_longer_count_and_keeps_the_others(client):
    changed = OVER | {"status_of_residence": "DEPENDENT", "go": "status"}

    path, query = query_of(visit(client, "wizard", changed))
    shown = visit(client, "check_answers" if "answers" in path else "wizard", query)

    assert query["hours_per_week"] == "35"
    assert "enrolment" not in query
    assert "No longer needed after your change" in said(shown)
    assert "Enrolment" in said(shown)


def test_hand_edited_links_lead_to_the_question_with_its_error(client):
    for name in ("check_answers", "check_result"):
        sent = visit(client, name, OVER | {"pay_kind": "gold", "name": "Tran"})

        path, query = query_of(sent)
        assert path == reverse("wizard")
        assert (query["pay_kind"], "name" in query) == ("gold", False)

    assert "Choose what you will receive." in said(visit(client, "wizard", query))


def test_an_unfinished_link_to_the_result_leads_to_the_next_question(client):
    sent = visit(client, "check_result", STUDENT)

    assert query_of(sent) == (reverse("wizard"), STUDENT)


def test_the_answers_are_shown_in_three_ledgers_each_with_change(client):
    shown = visit(client, "check_answers", OVER)

    text = said(shown)
    titles = [title for title, _lines in shown.context["ledgers"]]
    assert list(map(str, titles)) == ["You", "The placement", "Work and permissions you have"]
    assert "118 credits earned, 124 needed" in text
    assert "at=pay" in text


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        (OVER, "You need individual permission before you start"),
        (UNPAID_OVER, "Confirm with the bureau before you start"),
        (ABROAD, "Come as: Temporary Visitor"),
        ({"institution": "japan", "status_of_residence": "PR"}, "Your status has no work limit"),
    ],
)
def test_the_slip_says_the_outcome_as_its_heading(client, answers, headline):
    shown = visit(client, "check_result", answers)

    assert f"<h1>{headline}</h1>" in said(shown)
    assert "It is not a permission." in said(shown)


def test_each_reason_names_the_answers_it_comes_from_once(client):
    text = said(visit(client, "check_result", OVER))

    assert "Credits: 118 credits earned, 124 needed" in text


def test_unpaid_over_the_limit_is_said_in_the_agreed_words(client):
    text = said(visit(client, "check_result", UNPAID_OVER))

    assert (
        "You are not paid, and the Immigration Services Agency&#x27;s guidance asks for no "
        "permission for unpaid internships."
    ) in text
    assert (
        "Our office still treats every placement above 28 hours a week as needing it. Confirm "
        "with your regional bureau and enter its answer here before you start."
    ) in text
    assert "Treat as needing permission until the bureau confirms." in text
    assert "Flagged: treat as needed (flagged: over 28 h a week)" in text


def test_the_filing_date_is_a_working_day_sixty_days_before(client):
    shown = visit(client, "check_result", OVER)

    assert shown.context["slip"]["file_by"] == date(2026, 12, 17).isoformat()


def test_a_filing_date_that_has_passed_is_said_in_words(client):
    late = OVER | {"starts_on": "2026-12-10"}

    text = said(visit(client, "check_result", late))

    assert "The safe date was Fri 9 Oct. Move the start, or call the bureau with us." in text


def test_the_printed_slip_holds_both_languages(client):
    text = said(visit(client, "check_result", OVER, print=""))

    assert "Result slip" in text and "判定票" in text
    assert "It is not a permission." in text and "許可書ではありません" in text


def test_prefer_not_to_say_still_comes_to_a_result(client):
    answers = {"institution": "japan", "status_of_residence": "prefer_not", "prefecture": "13"}

    assert "<h1>Talk to us first</h1>" in said(visit(client, "check_result", answers))


def test_what_is_not_sure_and_matters_is_named(client):
    shown = visit(client, "check_result", OVER | {"final_year": "unsure"})

    unknown = [one["en"] for one in shown.context["slip"]["unknown"]]
    assert shown.context["slip"]["outcome"] == "V_BUREAU"
    assert "Course ends that academic year" in unknown
    assert "Course ends that academic year: not sure" in said(shown)
    assert shown.context["slip"]["changes"] == []


def test_what_would_change_the_answer_is_said_the_useful_first(client):
    shown = visit(client, "check_result", OVER | {"starts_on": "2027-04-12"})

    changes = [(one["text"]["en"], one["outcome"]) for one in shown.context["slip"]["changes"]]
    assert changes[0] == ("Hours in the largest week: 28 hours a week or less", "V_NEED_BLANKET")
    assert ("What you receive: Nothing or Only actual costs, by receipt", "V_FLAG_CONFIRM") in (
        changes
    )


def test_nothing_or_less_is_not_offered_as_a_plan(client):
    paid = ABROAD | {"pay_kind": "wage", "foreign_degree_course": "y", "prefecture": "27"}
    more = {"foreign_programme_years": "4", "foreign_prior_intern_days": "0"}

    shown = visit(client, "check_result", paid | more | {"foreign_in_recess": "y"})

    offered = [one["text"]["en"] for one in shown.context["slip"]["changes"]]
    assert "Counts for credit: No" in offered
    assert not [text for text in offered if ": 0 " in text]


@pytest.mark.parametrize(
    ("step", "line"),
    [
        ("blanket", "許可：原則週28時間以内・風俗営業等の従事を除く</text>"),
        ("individual", "許可：資格外活動許可書に記載された範囲内の活動</text>"),
    ],
)
def test_the_drawing_of_the_card_shows_the_line_the_question_is_about(client, step, line):
    answers = OVER | {"in_long_vacation": "n", "starts_on": "2027-04-12", "ends_on": "2027-06-12"}
    held = {"other_weekly_work_hours": "5", "has_blanket_permission": "y"}

    assert line in said(visit(client, "wizard", answers | held, at=step))


@pytest.mark.parametrize("name", ["wizard", "check_answers", "check_result"])
def test_pages_with_answers_stay_out_of_caches_engines_and_other_sites(client, name):
    shown = visit(client, name, OVER)

    assert "noindex" in shown["X-Robots-Tag"]
    assert shown["Referrer-Policy"] == "same-origin"
    assert {"private", "no-store"} <= {one.strip() for one in shown["Cache-Control"].split(",")}


def test_a_visitors_run_stores_nothing(client):
    with CaptureQueriesContext(connection) as queries:
        visit(client, "wizard", STUDENT)
        visit(client, "wizard", STUDENT, pay_kind="wage", go="pay")
        visit(client, "check_answers", OVER)
        visit(client, "check_result", OVER)

    written = [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
    assert [
        sql for sql in written if "people_officesettings" not in sql and "POINT" not in sql
    ] == []
    assert Session.objects.count() == 0
    assert set(client.cookies) <= {"csrftoken", "django_language"}


def test_no_answer_reaches_a_log(client, caplog):
    caplog.set_level(logging.DEBUG)
    canary = OVER | {"hours_per_week": "33.25", "credits_earned": "117"}

    for name in ("wizard", "check_answers", "check_result"):
        visit(client, name, canary)
        visit(client, name, canary | {"pay_kind": "canary-bird"})

    told = " ".join(
        f"{record.getMessage()} {record.__dict__}"
        for record in caplog.records
        if record.name != "django.db.backends"
    )
    assert told
    assert not any(word in told for word in ("33.25", "canary-bird", "117", "hours_per_week"))


def test_a_posting_fills_its_questions_and_stays_out_of_the_address(client):
    posting = make_posting(
        pay_kind="wage",
        weekly_hours="35",
        daily_hours="7",
        starts_on=date(2027, 4, 15),
        ends_on=date(2027, 6, 12),
    )

    shown = visit(client, "wizard", {"institution": "japan"}, p=posting.ref)
    sent = visit(client, "wizard", {"institution": "japan"}, p=posting.ref, go="institution")

    assert "Status of residence" in said(shown)
    assert query_of(sent)[1] == {"p": posting.ref, "institution": "japan"}


def test_repeating_what_the_posting_says_writes_nothing_into_the_address(client):
    posting = make_posting(pay_kind="wage")

    same = visit(client, "wizard", STUDENT, p=posting.ref, pay_kind="wage", go="pay")
    other = visit(client, "wizard", STUDENT, p=posting.ref, pay_kind="none", go="pay")

    assert "pay_kind" not in query_of(same)[1]
    assert query_of(other)[1]["pay_kind"] == "none"


def test_a_posting_that_is_not_public_fills_nothing_and_is_said(client):
    draft = make_posting(state="draft", pay_kind="wage")

    shown = visit(client, "wizard", STUDENT, p=draft.ref)

    assert "That posting is not on the board" in said(shown)
    assert shown.context["run"].walk.current.step.code == "pay"


def test_a_students_record_fills_her_answers_with_origin_and_date(client):
    student = make_student(facts_confirmed_on=date(2026, 10, 6))
    client.force_login(student.user)

    shown = visit(client, "wizard")

    assert shown.context["run"].walk.current.step.code == "venue"
    assert "your record, confirmed 6 Oct 2026" in said(shown)
    assert "STUDENT" not in query_of(visit(client, "wizard", {"venue": "ordinary"}, go="venue"))[1]


@pytest.mark.parametrize(("days", "asked"), [(365, "venue"), (366, "status")])
def test_what_she_said_more_than_a_year_ago_is_asked_again(client, days, asked):
    confirmed = timezone.localdate() - timedelta(days=days)
    student = make_student(facts_confirmed_on=confirmed, blanket_permission_until=date(2028, 3, 31))
    client.force_login(student.user)

    shown = visit(client, "wizard")

    assert shown.context["run"].walk.current.step.code == asked
    assert ("Is it still so?" in said(shown)) == (asked == "status")
    known = shown.context["run"].derived
    assert ("has_blanket_permission" in known) == (asked == "venue")


def test_an_old_answer_is_offered_and_counts_when_she_gives_it_again(client):
    confirmed = timezone.localdate() - timedelta(days=400)
    client.force_login(make_student(facts_confirmed_on=confirmed).user)

    field = visit(client, "wizard").context["page"].fields[0]
    sent = visit(client, "wizard", status_of_residence="STUDENT", go="status")

    assert field.value == "STUDENT"
    assert query_of(sent)[1] == {"status_of_residence": "STUDENT"}


def test_she_corrects_her_record_on_the_way_and_comes_back_to_her_answers(client):
    confirmed = timezone.localdate() - timedelta(days=400)
    student = make_student(facts_confirmed_on=confirmed)
    client.force_login(student.user)

    sent = client.post(f"{reverse('check_record')}?venue=ordinary")
    saved = client.post(sent.headers["Location"], {"status_of_residence": "DEPENDENT"})
    back = client.get(saved.headers["Location"])

    assert query_of(sent) == (reverse("my_residence"), {})
    assert query_of(back)[1] == {"venue": "ordinary"}
    walk = visit(client, "wizard", query_of(back)[1]).context["run"].walk
    assert walk.values["status_of_residence"] == "DEPENDENT"
    assert walk.origins["status_of_residence"] == "record"


def test_an_explicit_answer_wins_over_the_record(client):
    client.force_login(make_student().user)

    shown = visit(client, "wizard", {"status_of_residence": "DEPENDENT"})

    assert shown.context["run"].walk.values["status_of_residence"] == "DEPENDENT"


def save(client, answers, **fields):
    query = "&".join(f"{key}={value}" for key, value in answers.items())
    return client.post(f"{reverse('check_save')}?{query}", fields, headers=ENGLISH)


def test_a_student_saves_her_result_as_a_placement(client):
    student = make_student()
    client.force_login(student.user)

    sent = save(client, OVER, host_name="北野ロボティクス", title="Robots")

    placement = Placement.objects.get()
    verdict = placement.verdicts.get()
    assert sent.headers["Location"] == reverse("placement_detail", args=[placement.pk])
    assert (placement.student, placement.host_name) == (student, "北野ロボティクス")
    assert (placement.starts_on, placement.ends_on) == (date(2027, 2, 15), date(2027, 6, 12))
    assert (verdict.outcome, verdict.flagged) == ("V_NEED_INDIVIDUAL", True)
    assert verdict.file_by == date(2026, 12, 17)
    assert (verdict.facts["hours_per_week"], verdict.origins["hours_per_week"]) == ("35", "you")
    assert verdict.edition == verdict.assessment["law"]["edition"]


def test_saving_twice_makes_one_placement(client):
    client.force_login(make_student().user)

    first, again = (save(client, OVER, host_name="Kitano") for _ in range(2))

    assert first.headers["Location"] == again.headers["Location"]
    assert Verdict.objects.count() == 1


def test_a_result_without_a_posting_needs_the_name_of_the_company(client):
    client.force_login(make_student().user)

    shown = save(client, OVER, host_name="", title="Robots and 茶")

    assert "Write the name of the company." in said(shown)
    assert "Robots and 茶" in said(shown)
    assert Placement.objects.count() == 0


def test_a_result_from_a_posting_is_saved_with_it(client):
    client.force_login(make_student().user)
    posting = make_posting(pay_kind="none", weekly_hours="20", daily_hours="5")
    answers = {"p": posting.ref, "venue": "ordinary", "starts_on": "unsure"}
    answers |= {"in_long_vacation": "n", "credit_bearing": "n", "other_weekly_work_hours": "0"}

    save(client, answers)

    assert Placement.objects.get().posting == posting


def test_a_visitor_signs_in_and_finds_her_answers_again(client):
    student = make_student()

    sent = save(client, OVER)
    path, query = query_of(sent)
    client.force_login(student.user)
    resumed = client.get(query["next"])

    assert (path, query) == (reverse("account_login"), {"next": reverse("check_resume")})
    resumed_path, resumed_query = query_of(resumed)
    assert resumed_path == reverse("check_result")
    assert resumed_query["hours_per_week"] == "35"


def test_staff_may_check_but_not_save(client):
    client.force_login(make_user(roles=["advisor"]))

    assert visit(client, "check_result", OVER).status_code == 200
    assert save(client, OVER, host_name="Kitano").status_code == 403


def test_saving_is_no_link(client):
    assert client.get(reverse("check_save"), OVER).status_code == 405


@pytest.mark.parametrize("name", ["wizard", "check_answers", "check_result"])
def test_a_page_costs_few_queries(client, django_assert_max_num_queries, name):
    visit(client, name, OVER)

    with django_assert_max_num_queries(4):
        visit(client, name, OVER)


def test_the_questions_to_come_are_those_nobody_has_answered(client):
    student = make_student(home_prefecture="13")
    client.force_login(student.user)
    posting = make_posting(
        pay_kind="wage",
        pay_yen=1500,
        pay_unit="hour",
        weekly_hours="20",
        daily_hours="5",
        starts_on=date(2027, 4, 15),
        ends_on=date(2027, 6, 12),
    )

    shown = visit(client, "wizard", {"starts_on": "unsure"}, p=posting.ref)
    pay = visit(client, "wizard", {}, p=posting.ref, at="pay")

    to_come = [str(one["title"]) for one in shown.context["page"].road if one["state"] == "todo"]
    assert to_come == ["Your result"]
    assert "The posting says: ¥1,500 an hour" in said(pay)
