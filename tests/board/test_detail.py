import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from careers.people.models import CalendarPeriod
from internships.board.importing import import_table, read_table
from internships.board.models import MinimumWage, Posting
from internships.board.structured import structured
from tests.board.importing import SAMPLE
from tests.factories import (
    NOW,
    TODAY,
    make_enquiry,
    make_faculty,
    make_message,
    make_organisation,
    make_posting,
)

pytestmark = pytest.mark.django_db
# What search engines cannot do without, beside the place.
REQUIRED = {"title", "description", "datePosted", "validThrough", "hiringOrganization"}


def page_of(client, posting):
    response = client.get(posting.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_everybody_reads_an_open_posting(client):
    posting = make_posting(title_en="Bridge inspection")

    page = page_of(client, posting)

    assert "Bridge inspection" in page
    assert "noindex" not in page


def test_a_closed_posting_keeps_its_address_and_leads_on(client, frozen_moment):
    organisation = make_organisation()
    posting = make_posting(organisation=organisation, closes_at=NOW)
    similar = make_posting(organisation=organisation, title_en="Still open")
    make_posting(organisation=organisation, closes_at=NOW, title_en="Closed too")

    page = page_of(client, posting)

    assert "This posting is closed" in page
    assert "noindex" in page
    assert "How to apply" not in page
    assert similar.title in page
    assert '<a href="#similar">See similar ones that are open</a>' in page
    assert 'id="similar"' in page
    assert "side-first" not in page
    assert "Closed too" not in page


def test_one_second_before_its_deadline_a_posting_is_open(client):
    page = page_of(client, make_posting(closes_at=NOW + timedelta(seconds=1)))

    assert "How to apply" in page
    assert "closes today" in page


def test_a_posting_closed_early_says_so(client):
    posting = make_posting(state="withdrawn", withdrawn_at=NOW - timedelta(days=1))

    assert "The office closed it early" in page_of(client, posting)


HIDDEN = [
    {"state": "draft"},
    {"state": "in_review"},
    {"state": "returned"},
    {"state": "in_review", "venue": "fueiho"},
    {"opens_at": NOW + timedelta(seconds=1)},
    {"state": "withdrawn", "withdrawn_at": NOW, "opens_at": NOW + timedelta(days=1)},
]


@pytest.mark.parametrize("fields", HIDDEN)
def test_what_is_not_on_the_board_does_not_exist_for_the_public(client, signed_in, fields):
    posting = make_posting(**fields)

    assert client.get(posting.get_absolute_url()).status_code == 404
    assert signed_in("student").get(posting.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("fields", HIDDEN)
def test_the_office_reads_it_with_a_note(signed_in, fields):
    page = page_of(signed_in("advisor"), make_posting(**fields))

    assert "Only the office sees this page" in page
    assert "noindex" in page


def test_facts_stand_at_a_glance(client):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1163, effective_from=date(2024, 10, 1))
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from=date(2025, 10, 3))
    faculty = make_faculty(name_en="Engineering")
    posting = make_posting(
        pay_kind="wage",
        pay_yen=1500,
        pay_unit="hour",
        weekly_hours=35,
        daily_hours=7,
        days_per_week=5,
        starts_on=date(2027, 2, 15),
        ends_on=date(2027, 3, 12),
        prefecture="13",
        city_en="Ota",
        work_style="onsite",
        japanese_level="N3",
        english_level="business",
        openings=2,
        faculties=[faculty.code],
        study_years=["B3", "M1"],
        credit_bearing=True,
        course_code="CAR202",
        source="meti",
    )

    page = page_of(client, posting)

    for words in (
        "¥1,500 an hour",
        "Minimum wage in Tokyo: ¥1,226 an hour (table of fiscal year 2025)",
        "35 hours",
        "7 h × 5 days",
        "15 Feb – 12 Mar 2027",
        "Ota, Tokyo",
        "On site",
        "Japanese N3",
        "business English",
        "3rd year, master&#x27;s 1st year",
        "Engineering",
        "Gives credit, course CAR202",
        "METI Japan Internship Program",
        "Paid: most limited statuses of residence need extra-activity permission.",
        "Over 28 hours a week: treated as needing extra-activity permission, paid or not.",
    ):
        assert words in page


def test_facts_nobody_gave_are_said_to_be_missing(client):
    page = page_of(client, make_posting())

    assert page.count("Not stated") >= 6


@pytest.mark.parametrize(("hours", "said"), [(28, False), ("28.25", True)])
def test_over_28_hours_is_said_from_just_above_28(client, hours, said):
    posting = make_posting(weekly_hours=hours, pay_kind="none")
    posting.refresh_from_db()

    assert ("Over 28 hours a week" in page_of(client, posting)) is said


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (date(2027, 2, 9), date(2027, 3, 31), "in a long vacation"),
        (date(2027, 2, 8), date(2027, 3, 31), "partly in a long vacation"),
        (date(2027, 1, 8), date(2027, 2, 8), "in term"),
    ],
)
def test_dates_say_whether_they_lie_in_a_long_vacation(client, starts_on, ends_on, words):
    for kind, first in (("long_vacation", date(2027, 2, 9)), ("term", date(2026, 9, 20))):
        CalendarPeriod.objects.create(
            academic_year=2026,
            kind=kind,
            name_ja="期間",
            name_en="Period",
            starts_on=first,
            ends_on=date(2027, 3, 31),
        )
    page = page_of(client, make_posting(starts_on=starts_on, ends_on=ends_on))

    assert f"<small>{words}</small>" in page
    assert "does not cover all these days" not in page


def test_days_outside_the_calendar_are_said_to_count_as_term(client):
    page = page_of(client, make_posting(starts_on=TODAY, ends_on=TODAY + timedelta(days=5)))

    assert "does not cover all these days" in page


def test_both_languages_stand_side_by_side_and_the_older_is_marked(client):
    posting = make_posting(
        description_en="Walk the bridge.",
        description_ja="橋を歩きます。",
        words_changed_ja_at=NOW,
        words_changed_en_at=NOW - timedelta(days=3),
    )

    page = page_of(client, posting)

    assert "Walk the bridge." in page
    assert "橋を歩きます。" in page
    assert "The English is 3 days older than the Japanese." in page


def test_a_posting_in_one_language_says_so_and_marks_its_text(client):
    posting = make_posting(title_en="", title_ja="橋の点検", description_ja="歩きます。")

    page = page_of(client, posting)

    assert "This posting is in Japanese only." in page
    assert '<span lang="ja">橋の点検</span>' in page


def test_html_in_every_field_is_shown_as_text(client):
    script = "<script>alert('x')</script>"
    texts = (
        "title_ja title_en description_ja description_en requirements_ja requirements_en"
        " city_ja city_en schedule_note pay_note_ja pay_note_en course_code apply_to"
    )
    posting = make_posting(
        **{name: script[:20] if name == "course_code" else script for name in texts.split()},
        credit_bearing=True,
        organisation=make_organisation(name_ja=script, name_en=script),
    )

    page = page_of(client, posting)

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(") >= 10


def test_a_link_in_a_text_runs_nothing(client):
    page = page_of(client, make_posting(apply_method="url", apply_to="javascript:alert(1)"))

    assert 'href="javascript' not in page


def test_very_long_text_and_letters_from_the_right_are_shown_whole(client):
    long = "漢" * 10_000
    page = page_of(client, make_posting(description_ja=long, title_en="مرحبا 😀"))

    assert long in page
    assert 'dir="auto">مرحبا 😀' in page


@pytest.mark.parametrize(
    ("method", "to", "link"),
    [
        ("url", "https://host.example.jp/apply", 'href="https://host.example.jp/apply"'),
        ("email", "saiyo@host.example.jp", 'href="mailto:saiyo@host.example.jp"'),
        ("office", "career-office@example.ac.jp", 'href="mailto:career-office@example.ac.jp"'),
        ("", "", 'href="mailto:career-office@example.ac.jp"'),
    ],
)
def test_each_way_to_apply_has_its_link(client, method, to, link):
    assert link in page_of(client, make_posting(apply_method=method, apply_to=to))


def test_a_posting_is_never_kept_by_a_shared_cache(client):
    response = client.get(make_posting().get_absolute_url())

    assert "private" in response["Cache-Control"]


def test_an_organisation_shows_its_open_postings(client, assert_same_queries):
    organisation = make_organisation(name_en="Kitano Robotics", industry="it")
    shown = make_posting(organisation=organisation)
    make_posting(organisation=organisation, closes_at=NOW)
    make_posting()

    response = client.get(f"/organisations/{organisation.pk}/")

    assert [row.posting.ref for row in response.context["rows"]] == [shown.ref]
    assert "Information technology" in response.content.decode()
    assert_same_queries(
        lambda: client.get(f"/organisations/{organisation.pk}/"),
        lambda: make_posting(organisation=organisation),
    )


def test_a_posting_counts_what_else_its_organisation_has_open(client):
    organisation = make_organisation()
    posting = make_posting(organisation=organisation)
    make_posting(organisation=organisation, closes_at=NOW)
    make_posting()
    alone = page_of(client, posting)

    make_posting(organisation=organisation)

    assert "other posting" not in alone
    assert "1 other posting open" in page_of(client, posting)


def test_similar_ones_share_what_they_say_and_take_applications(client):
    posting = make_posting(prefecture="13", closes_at=NOW)
    alike = make_posting(prefecture="13")
    stopped = make_organisation(flag="stop", flag_staff="A dispute about wages.")
    make_posting(prefecture="13", organisation=stopped)
    silent = make_posting(prefecture="", closes_at=NOW)
    make_posting(prefecture="")

    assert [row.posting for row in client.get(posting.get_absolute_url()).context["rows"]] == [
        alike
    ]
    assert client.get(silent.get_absolute_url()).context["rows"] == []


def test_a_closed_posting_costs_the_same_however_many_are_similar(client, assert_same_queries):
    closed = make_posting(closes_at=NOW, prefecture="13")

    assert_same_queries(
        lambda: client.get(closed.get_absolute_url()), lambda: make_posting(prefecture="13")
    )


def structured_of(page):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1]) if found else None


def test_an_open_posting_tells_search_engines_its_facts(client):
    posting = make_posting(
        title_en="Bridge </script><b> inspection",
        description_en="Walk & look.",
        prefecture="13",
        city_en="Ota",
        pay_kind="wage",
        pay_yen=1500,
        pay_unit="hour",
        openings=2,
    )

    page = page_of(client, posting)

    facts = structured_of(page)
    assert facts["@type"] == "JobPosting"
    assert facts["title"] == posting.title_en
    assert facts["description"] == "<p>Walk &amp; look.</p>"
    assert facts["employmentType"] == "INTERN"
    assert facts["datePosted"] == "2026-11-12"
    assert facts["validThrough"] == posting.closes_at.isoformat()
    assert facts["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressCountry": "JP",
        "addressRegion": "Tokyo",
        "addressLocality": "Ota",
    }
    assert facts["baseSalary"]["value"] == {
        "@type": "QuantitativeValue",
        "value": 1500,
        "unitText": "HOUR",
    }
    assert facts["url"].endswith(posting.get_absolute_url())
    written = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not {"<", ">", "&"} & set(written)  # nothing in it can end it


def test_what_is_not_said_is_not_told_and_a_closed_posting_tells_nothing(client):
    bare = structured_of(page_of(client, make_posting(pay_kind="flat_allowance", pay_yen=5)))

    assert {"baseSalary", "jobLocation", "totalJobOpenings"}.isdisjoint(bare)
    assert structured_of(page_of(client, make_posting(closes_at=NOW))) is None


def test_work_from_home_says_from_where_it_may_be_done(client):
    facts = structured_of(page_of(client, make_posting(work_style="remote", prefecture="13")))

    assert facts["jobLocationType"] == "TELECOMMUTE"
    assert facts["applicantLocationRequirements"] == {"@type": "Country", "name": "Japan"}
    assert "jobLocationType" not in structured_of(page_of(client, make_posting(prefecture="13")))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_posting_of_the_sample_tells_what_search_engines_ask_for(language):
    import_table(read_table(SAMPLE.read_bytes()), publish=True)

    with translation.override(language):
        told = [json.loads(structured(posting)) for posting in Posting.objects.open(NOW)]

    assert len(told) > 50
    for facts in told:
        assert set(facts) >= REQUIRED, facts
        assert facts["employmentType"] == "INTERN"
        assert date.fromisoformat(facts["datePosted"]) <= TODAY
        closes = datetime.fromisoformat(facts["validThrough"])
        assert (closes.utcoffset(), closes > NOW) == (timedelta(hours=9), True)
        assert facts["hiringOrganization"]["name"]
        assert facts["jobLocation"]["address"]["addressRegion"]
        salary = facts.get("baseSalary", {"currency": "JPY", "value": {"unitText": "HOUR"}})
        assert salary["currency"] == "JPY"
        assert salary["value"]["unitText"] in {"HOUR", "DAY", "MONTH"}


def test_the_deadline_can_be_put_into_a_calendar(client):
    posting = make_posting(title_en="Bridge; inspection, long " + "x" * 80)

    response = client.get(f"{posting.get_absolute_url()}deadline.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event.decoded("dtstart") == posting.closes_at
    assert str(event["summary"]) == f"Closes: {posting.title_en}"
    assert event["uid"].startswith(posting.ref)
    assert (
        client.get(f"/internships/{make_posting(state='draft').ref}/deadline.ics").status_code
        == 404
    )


def test_search_engines_are_led_to_open_postings_alone(client):
    shown = make_posting()
    hidden = [make_posting(state="draft"), make_posting(closes_at=NOW)]

    sitemap = client.get("/sitemap.xml").content.decode()
    robots = client.get("/robots.txt").content.decode()

    assert shown.get_absolute_url() in sitemap
    assert not any(posting.get_absolute_url() in sitemap for posting in hidden)
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    for closed in ("/check/", "/desk/", "/home/", "/saved/"):
        assert f"Disallow: {closed}\n" in robots


def test_one_language_or_both_can_be_read(client):
    posting = make_posting(description_ja="橋を歩く。", description_en="Walk the bridge.")
    address = posting.get_absolute_url()

    both, one, unknown = (
        client.get(f"{address}{query}").content.decode() for query in ("", "?words=ja", "?words=fr")
    )

    text = "<p>Walk the bridge.</p>"
    assert (text in both, text in one, text in unknown) == (True, False, True)
    assert "<p>橋を歩く。</p>" in one


def test_the_words_looked_for_are_marked_and_lead_back(client):
    posting = make_posting(title_en="Data desk", description_en="Analyse data <now>.")

    page = client.get(f"{posting.get_absolute_url()}?q=data").content.decode()

    assert "<mark>Data</mark> desk</h1>" in page
    assert "Analyse <mark>data</mark> &lt;now&gt;." in page
    assert 'href="/internships/?q=data"' in page


def test_the_words_looked_for_are_marked_among_the_facts(client):
    posting = make_posting(
        prefecture="13", pay_kind="wage", pay_note_en="Fares paid", schedule_note="土日のみ"
    )

    page = client.get(f"{posting.get_absolute_url()}?q=tokyo fares 土日").content.decode()

    assert "<mark>Tokyo</mark>" in page
    assert "<mark>Fares</mark> paid" in page
    assert "<mark>土日</mark>のみ" in page


def test_title_and_organisation_stand_in_the_other_language_too(client):
    host = make_organisation(name_ja="水楢製作所", name_en="Mizunara Works")
    posting = make_posting(title_ja="橋の調査", title_en="Bridge survey", organisation=host)
    alone = make_posting(title_ja="橋の調査", title_en="")

    both = client.get(f"{posting.get_absolute_url()}?q=調査").content.decode()
    one = client.get(alone.get_absolute_url()).content.decode()

    assert '<span lang="ja">橋の<mark>調査</mark></span></p>' in both
    assert '<span lang="ja">水楢製作所</span>' in both
    assert one.count("橋の調査</span>") == 1  # as the title itself
    assert '<span lang="ja">水楢製作所</span>' in client.get(f"/organisations/{host.pk}/").text


def test_a_problem_is_reported_to_the_queue_of_the_office(student_client, signed_in):
    posting = make_posting()
    assert "topic=problem" in page_of(student_client, posting)
    make_message(make_enquiry(topic="problem", object_kind="posting", object_id=posting.ref))
    make_message(make_enquiry(topic="credit"))

    advisor = signed_in("advisor")
    reported = advisor.get(reverse("enquiry_list") + "?state=reported")

    assert len(reported.context["page"].object_list) == 1
    assert "Problems reported" in advisor.get("/home/").content.decode()


def test_pay_is_set_beside_the_highest_minimum_wage_on_the_days_of_work(client):
    for day, yen in ((date(2025, 10, 3), 1226), (date(2026, 10, 1), 1300)):
        MinimumWage.objects.create(prefecture="13", yen_per_hour=yen, effective_from=day)
    days = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 10, 9)}
    paid = {"pay_kind": "wage", "pay_yen": 1250, "pay_unit": "hour", "prefecture": "13"}

    response = client.get(make_posting(**days, **paid).get_absolute_url())

    assert "less than the ¥1,300 that workers in Tokyo must get" in response.text
    assert "table of fiscal 2026" in response.text


@pytest.mark.parametrize(
    ("yen", "kind", "said"),
    [
        (1077, "wage", "must get at least ¥1,077 (table of fiscal 2025)"),
        (1076, "wage", "less than the ¥1,077 that workers in Aichi must get"),
        (1076, "flat_allowance", "Watching and trying out is not work."),
        (None, "none", "Watching and trying out is not work."),
    ],
)
def test_pay_is_set_beside_the_minimum_wage_in_plain_words(client, yen, kind, said):
    MinimumWage.objects.create(
        prefecture="23", yen_per_hour=1077, effective_from=date(2025, 10, 18)
    )
    posting = make_posting(pay_kind=kind, pay_yen=yen, pay_unit="hour", prefecture="23")

    assert said in page_of(client, posting)


def test_the_type_is_told_in_plain_words_with_its_source(client):
    page = page_of(client, make_posting(programme_type=3))

    assert "Type 3 of four" in page
    assert "agreement of 13 June 2022" in page
