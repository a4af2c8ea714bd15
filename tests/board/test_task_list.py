"""The sections of the editor: a list that tells their state, and a page that saves each."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from careers.record.models import Event
from internships.board import content, workflow
from internships.board.models import MinimumWage, Organisation, Posting
from internships.board.sections import PARTS
from tests.board.deeds import READY
from tests.board.editing import TYPED, from_page, stored, typed
from tests.factories import NOW, make_posting, make_user

pytestmark = pytest.mark.django_db
NEW = "/internships/new/"
KEYS = [part.key for part in PARTS]


def list_of(posting):
    return reverse("posting_edit", args=[posting.ref])


def page_of(posting, key):
    return reverse("posting_section", args=[posting.ref, key])


def send(client, address, do="continue", **fields):
    return client.post(address, fields | from_page(client.get(address)) | {"do": do})


def states(response):
    return {section.part.key: section.state for section, _missing in response.context["sections"]}


def test_every_field_of_the_form_stands_in_one_section():
    names = [name for part in PARTS for name in part.fields]

    assert len(names) == len(set(names))
    hosts = {"organisation_ja", "organisation_en"}
    assert set(names) == {*content.FACTS, *content.WORDS, *hosts}


def test_a_posting_is_written_section_by_section_without_a_script(advisor):
    address, visited = NEW, []
    for _section in KEYS:
        part = advisor.get(address).context["part"]
        visited.append(part.key)
        wanted = {name: TYPED[name] for name in part.fields if name in TYPED}
        address = send(advisor, address, **wanted).url

    posting = Posting.objects.get()
    assert visited == KEYS
    assert (posting.title_en, posting.pay_yen, posting.weekly_hours) == (
        TYPED["title_en"],
        1500,
        35,
    )
    assert address == list_of(posting)


def test_the_list_tells_the_state_of_each_section_and_what_is_missing(advisor):
    posting = make_posting(
        state="draft",
        title_en="Map reading",
        description_en="Read maps.",
        description_ja="",
        pay_kind="wage",
        pay_yen=None,
        weekly_hours=30,
        daily_hours=5,
        days_per_week=5,
        **dict.fromkeys(("starts_on", "ends_on", "closes_at", "opens_at")),
    )

    page = advisor.get(list_of(posting))

    told = states(page)
    assert (told["words"], told["pay"]) == ("complete", "incomplete")
    assert (told["hours"], told["dates"]) == ("problem", "not started")
    assert "5 h × 5 days = 25 h, not 30 h." in page.text
    assert "Still to fill in: Yen, Per" in " ".join(page.text.split())
    assert f'href="{page_of(posting, "pay")}"' in page.text


def test_the_list_leads_to_the_next_incomplete_section(advisor):
    posting = make_posting(state="draft", pay_kind="none", description_en="Read maps.")

    page = advisor.get(list_of(posting))

    assert page.context["next_section"].key == "hours"
    assert "Continue: Hours a week" in page.text


def test_a_section_saves_its_own_fields_and_leaves_the_others(advisor):
    posting = make_posting(state="draft", title_en="Kept", pay_kind="none", faculties=["b", "a"])
    before = content.of(posting)

    send(advisor, page_of(posting, "hours"), weekly_hours="20")

    posting.refresh_from_db()
    assert content.of(posting) == before | {"weekly_hours": 20}
    assert set(Event.objects.get().after) == {"weekly_hours", "confirmed_at", "problems"}


@pytest.mark.parametrize("key", KEYS)
def test_saving_a_section_unchanged_does_nothing(advisor, key):
    posting = make_posting(opens_at=NOW - timedelta(days=3, microseconds=5), credit_bearing=True)
    address = page_of(posting, key)
    names = advisor.get(address).context["form"].fields

    data = {name: value for name, value in stored(posting).items() if name in names}
    advisor.post(address, data | {"do": "back"})

    assert not Event.objects.exists()


@pytest.mark.parametrize("do", ["continue", "back", "preview"])
@pytest.mark.parametrize(("language", "said"), [("en", "Write hours as"), ("ja", "0～168")])
def test_bad_input_is_told_beside_the_field_of_its_section_and_nothing_is_lost(
    advisor, do, language, said
):
    advisor.cookies["django_language"] = language
    posting = make_posting(state="draft", weekly_hours=20)

    response = send(
        advisor, page_of(posting, "hours"), do, weekly_hours="many", schedule_note="Mondays"
    )

    form = response.context["form"]
    assert said in str(form.errors["weekly_hours"])
    assert form["weekly_hours"].value() == "many"
    assert form["schedule_note"].value() == "Mondays"
    posting.refresh_from_db()
    assert (posting.weekly_hours, posting.schedule_note) == (20, "")


def test_who_goes_on_reads_on_the_next_page_what_the_checks_say_of_the_last(advisor):
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1226, effective_from=date(2025, 10, 3))
    posting = make_posting(state="draft", prefecture="13", description_en="Read maps.")
    data = {"pay_kind": "wage", "pay_yen": "1000", "pay_unit": "hour"}

    response = advisor.post(
        page_of(posting, "pay"),
        data | from_page(advisor.get(page_of(posting, "pay"))) | {"do": "continue"},
        follow=True,
    )

    assert response.context["part"].key == "hours"
    assert "below the minimum wage that workers must get" in response.text
    assert f'href="{page_of(posting, "pay")}"' in response.text
    assert states(advisor.get(list_of(posting)))["pay"] == "problem"


def test_saving_can_lead_back_to_the_list(advisor):
    posting = make_posting(state="draft")

    response = send(
        advisor, page_of(posting, "place"), "back", work_style="remote", venue="ordinary"
    )

    assert response.url == list_of(posting)


def test_a_new_posting_needs_its_first_section_only(advisor):
    response = send(advisor, NEW, "back", organisation_ja="北野", title_ja="地図")

    posting = Posting.objects.get()
    assert response.url == list_of(posting)
    assert (posting.state, posting.title_ja, posting.posted_by) == ("draft", "地図", advisor.user)


def test_a_new_posting_without_a_title_is_told_and_not_made(advisor):
    response = send(advisor, NEW, organisation_ja="北野")

    assert list(response.context["form"].errors) == ["title_ja"]
    assert response.context["form"]["organisation_ja"].value() == "北野"
    assert not Posting.objects.exists()
    assert not Organisation.objects.exists()


def test_a_posting_is_published_from_the_list(advisor):
    posting = make_posting(state="draft", problems=[])

    response = send(advisor, list_of(posting), "publish")

    posting.refresh_from_db()
    assert response.url == posting.get_absolute_url()
    assert posting.state == "published"


@pytest.mark.parametrize("fields", [{"venue": "fueiho"}, {"closes_at": None}])
def test_what_the_law_blocks_has_a_button_that_cannot_be_pressed_and_the_reason(fields, advisor):
    blocked = make_posting(state="draft", problems=[], **fields)
    free = make_posting(state="draft", problems=[])

    page = advisor.get(list_of(blocked)).text

    assert 'value="publish" disabled>' in page
    assert "To publish:" in page
    assert 'value="publish">' in advisor.get(list_of(free)).text


def test_the_list_asks_why_where_a_doubt_is_left_and_the_log_keeps_it(advisor):
    posting = make_posting(state="draft", problems=["P_HOURS_MISSING"])

    asked = send(advisor, list_of(posting), "publish")
    send(advisor, list_of(posting), "publish", reason="Told at the interview")

    assert "reason" in asked.context["form"].errors
    assert "hours a week not given" in asked.text
    assert Event.objects.get(verb="published").reason == "Told at the interview"


def test_nobody_publishes_from_the_list_what_a_colleague_has_changed_since(advisor):
    posting = make_posting(state="draft", **READY)
    page = from_page(advisor.get(list_of(posting)))
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    workflow.edit(posting, {"title_en": "Theirs"}, by=colleague, seen=0)

    response = advisor.post(list_of(posting), page | {"do": "publish"}, follow=True)

    posting.refresh_from_db()
    assert posting.state == "draft"
    assert "SATO Keiko has changed this posting" in response.text
    assert "Nothing was changed. Look again, then decide." in response.text


def test_a_wage_below_a_table_loaded_since_asks_for_a_reason(advisor):
    posting = make_posting(
        state="draft",
        problems=[],
        prefecture="13",
        pay_kind="wage",
        pay_yen=1250,
        pay_unit="hour",
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 20),
    )
    MinimumWage.objects.create(prefecture="13", yen_per_hour=1300, effective_from=date(2026, 10, 1))

    response = send(advisor, list_of(posting), "publish")

    assert "the wage is below the minimum wage" in response.text
    posting.refresh_from_db()
    assert posting.state == "draft"


def test_a_change_that_brings_a_doubt_onto_the_board_asks_for_a_reason(advisor):
    posting = make_posting(weekly_hours=20)
    address = page_of(posting, "hours")

    asked = send(advisor, address, weekly_hours="45")
    posting.refresh_from_db()
    before = posting.weekly_hours
    send(advisor, address, weekly_hours="45", reason="A contract of employment is there")

    assert "more than 8 hours a day or 40 hours a week" in asked.text
    assert asked.context["form"]["weekly_hours"].value() == "45"
    assert before == 20
    event = Event.objects.get(verb="edited")
    assert (event.after["weekly_hours"], event.reason) == (
        "45",
        "A contract of employment is there",
    )


def test_two_who_write_different_sections_both_keep_their_words(advisor):
    posting = make_posting(state="draft", title_en="Before", weekly_hours=20)
    address = page_of(posting, "hours")
    page = from_page(advisor.get(address))
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    workflow.edit(posting, {"title_en": "Theirs"}, by=colleague, seen=0)

    told = advisor.post(address, page | {"weekly_hours": "25", "do": "continue"})
    again = {"weekly_hours": "25", "seen": told.context["form"]["seen"].value(), "do": "continue"}
    advisor.post(address, again)

    assert "SATO Keiko has changed this posting" in told.text
    assert "Theirs" in told.text
    assert told.context["form"]["weekly_hours"].value() == "25"
    posting.refresh_from_db()
    assert (posting.title_en, posting.weekly_hours) == ("Theirs", 25)


def test_two_who_write_the_same_section_see_each_others_words(advisor):
    posting = make_posting(state="draft", weekly_hours=20, schedule_note="old")
    address = page_of(posting, "hours")
    page = from_page(advisor.get(address)) | {"schedule_note": "old", "do": "continue"}
    theirs = {"weekly_hours": 30, "schedule_note": "new"}
    workflow.edit(posting, theirs, by=make_user(roles=["advisor"]), seen=0)

    told = advisor.post(address, page | {"weekly_hours": "25"})

    form = told.context["form"]
    assert (form["weekly_hours"].value(), form["schedule_note"].value()) == ("25", "new")
    assert [words for _label, words in told.context["conflict"].differing] == ["30"]


def test_a_section_of_what_is_up_becomes_a_pending_version_for_a_second_person(
    advisor, second_person_publishes
):
    posting = make_posting(title_en="Approved", pay_kind="none")

    send(advisor, page_of(posting, "pay"), pay_kind="actual_costs")
    send(advisor, page_of(posting, "hours"), weekly_hours="12")

    posting.refresh_from_db()
    assert posting.pay_kind == "none"
    assert set(posting.pending) == {"pay_kind", "weekly_hours"}
    assert "What you see here is the change" in advisor.get(page_of(posting, "pay")).text


def test_the_preview_of_a_section_shows_the_whole_page_with_what_is_typed(advisor):
    posting = make_posting(state="draft", title_en="Map reading")

    preview = send(
        advisor, page_of(posting, "hours"), "preview", weekly_hours="31", schedule_note="By day"
    )

    assert "Map reading" in preview.text
    assert "31 hours" in preview.text
    posting.refresh_from_db()
    assert posting.weekly_hours != 31


def test_the_preview_from_the_list_is_the_page_as_it_is_saved(advisor):
    posting = make_posting(state="draft", title_en="Map reading")

    preview = send(advisor, list_of(posting), "preview")

    assert "Map reading" in preview.context["posting"].title_en
    posting.refresh_from_db()
    assert posting.state == "draft"


def test_the_whole_form_writes_every_section_at_once(advisor):
    address = f"{NEW}?all"

    response = advisor.post(address, typed() | from_page(advisor.get(address)) | {"do": "save"})

    assert response.url == page_of(Posting.objects.get(), "all")


def test_a_section_that_does_not_exist_is_not_found(advisor):
    assert advisor.get(page_of(make_posting(), "nothing")).status_code == 404


def test_the_list_and_a_section_cost_the_same_whatever_there_is(advisor, assert_same_queries):
    posting = make_posting(state="draft", starts_on=date(2027, 2, 15), ends_on=date(2027, 3, 12))

    assert_same_queries(lambda: advisor.get(list_of(posting)), make_posting, at_most=14)
    assert_same_queries(lambda: advisor.get(page_of(posting, "pay")), make_posting, at_most=14)


@pytest.mark.parametrize("role", ["student", "reviewer", "approver", "administrator"])
def test_only_advisors_open_a_section(signed_in, role):
    posting = make_posting(state="draft")

    assert signed_in(role).get(page_of(posting, "pay")).status_code == 403


def test_the_page_of_a_posting_leads_its_writer_straight_to_each_section(advisor, client):
    posting = make_posting()

    page = advisor.get(posting.get_absolute_url()).text
    client.logout()
    public = client.get(posting.get_absolute_url()).text

    links = [f'href="{page_of(posting, key)}"' for key in (*KEYS, "all")]
    assert all(link in page for link in links)
    assert "/edit/" not in public
