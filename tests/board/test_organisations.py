"""Organisations for the office: flags, agreements, self-declarations, and two that are one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from careers.record import log
from internships.board import organisations, tasks, workflow
from internships.board.models import Agreement, Bookmark, Organisation, Posting
from tests.board.importing import LINE, take
from tests.factories import NOW, TODAY, make_organisation, make_posting, make_user

pytestmark = pytest.mark.django_db
FLAG = {
    "flag": "stop",
    "flag_staff": "Wages not paid in May.",
    "flag_student_ja": "応募しないでください。",
    "flag_student_en": "Do not apply.",
}


def page(client, organisation):
    return client.get(reverse("organisation_edit", args=[organisation.pk]))


def send(client, organisation, do, **values):
    values = {f"{do}-{name}": value for name, value in values.items()}
    values.setdefault(f"{do}-seen", organisations.version(organisation))
    address = reverse("organisation_edit", args=[organisation.pk])
    return client.post(address, {"do": do} | values, follow=True)


SIGNS = (
    "A word of the career office about this organisation",
    "No applications to this organisation for now",
)


def flag(organisation, by, **values):
    seen = organisations.version(organisation)
    organisations.set_flag(organisation, FLAG | values, by=by, seen=seen)
    organisation.refresh_from_db()


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def verbs(organisation):
    return [event.verb for event in log.history(organisation).order_by("pk")]


# ── Flags ───────────────────────────────────────────────────────────────────────────────────


def test_a_stop_keeps_postings_off_the_board_and_says_so(advisor):
    draft = make_posting(state="draft")
    flag(draft.organisation, advisor.user)

    with pytest.raises(workflow.Refused) as refused:
        workflow.publish(draft, by=advisor.user, reason="All the same.")

    assert "stopped" in str(refused.value.reasons[0])
    assert fresh(draft).state == "draft"


def test_a_file_publishes_nothing_of_a_stopped_organisation(advisor):
    flag(make_organisation(name_ja=LINE["organisation_ja"]), advisor.user)

    summary = take({}, publish=True)

    assert Posting.objects.get().state == "in_review"
    assert "stopped" in summary.results[0].notes[0]


def test_a_stop_may_close_what_is_on_the_board_and_nobody_puts_it_back(advisor):
    posting = make_posting()
    over = make_posting(organisation=posting.organisation, closes_at=NOW)

    send(advisor, posting.organisation, "flag", close_postings="on", **FLAG)

    assert (fresh(posting).state, fresh(over).state) == ("withdrawn", "published")
    assert log.history(posting).first().reason == "Wages not paid in May."
    with pytest.raises(workflow.Refused):
        workflow.undo(posting, log.history(posting).first().pk, by=advisor.user)


def test_students_read_their_words_and_the_office_its_own(advisor, client, student):
    posting = make_posting()
    flag(posting.organisation, advisor.user)
    addresses = (posting.get_absolute_url(), posting.organisation.get_absolute_url())

    for address in addresses:
        office = advisor.get(address).content.decode()
        assert "Do not apply." in office
        assert "Wages not paid in May." in office
    client.force_login(student.user)
    for address in addresses:
        shown = client.get(address).content.decode()
        assert "Do not apply." in shown
        assert "Wages not paid" not in shown
        assert "How to apply" not in shown


def test_a_warning_leaves_the_posting_open_and_says_why(advisor, client):
    posting = make_posting(apply_method="email", apply_to="saiyo@example.jp")
    flag(
        posting.organisation, advisor.user, flag="warning", flag_student_en="Ask for the contract."
    )
    client.logout()
    client.cookies["django_language"] = "en"

    shown = client.get(posting.get_absolute_url()).content.decode()

    assert "Ask for the contract." in shown
    assert "saiyo@example.jp" in shown


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        ("", None),
        ("warning", "A word of the career office about this organisation"),
        ("stop", "No applications to this organisation for now"),
    ],
)
def test_a_list_says_of_each_posting_what_flag_its_organisation_has(advisor, client, kind, sign):
    posting, other = make_posting(), make_posting()
    client.cookies["django_language"] = "en"
    client.get(reverse("posting_list"))  # fills what is kept of the rows
    if kind:
        flag(posting.organisation, advisor.user, flag=kind)

    page = client.get(reverse("posting_list")).content.decode()

    rows = {row.split('"')[0]: row for row in page.split('<h3 id="p-')[1:]}
    signs = {words for words in SIGNS if words in rows[posting.ref]}
    assert signs == ({sign} - {None})
    assert not any(words in rows[other.ref] for words in SIGNS)
    assert "Wages not paid" not in page


def test_taking_a_flag_away_takes_its_words_along(advisor):
    organisation = make_organisation()
    flag(organisation, advisor.user)

    send(advisor, organisation, "flag", **FLAG | {"flag": ""})

    found = fresh(organisation)
    assert (found.flag, found.flag_staff, found.flag_student_en) == ("", "", "")
    assert verbs(organisation) == ["flagged", "flag taken away"]


def test_a_flag_without_words_is_told_beside_the_field(advisor):
    organisation = make_organisation()

    response = send(advisor, organisation, "flag", flag="warning", flag_staff="")

    errors = response.context["forms"]["flag"].errors
    assert set(errors) == {"flag_staff", "flag_student_ja"}
    assert fresh(organisation).flag == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.update(flag="stop")


# ── Facts, declaration, agreements ──────────────────────────────────────────────────────────


def test_kana_typed_in_any_way_is_kept_as_katakana(advisor):
    organisation = make_organisation()
    facts = {"name_ja": "株式会社みなと", "name_en": "", "url": "", "industry": ""}

    send(advisor, organisation, "edit", name_kana="みなとﾎﾃﾙ", **facts)
    refused = send(advisor, organisation, "edit", name_kana="港", **facts)

    assert fresh(organisation).name_kana == "ミナトホテル"
    assert "katakana" in refused.context["forms"]["edit"].errors["name_kana"][0]


@pytest.mark.parametrize(
    ("stays", "goes", "declared"),
    [
        ("", "none_applies", "none_applies"),
        ("none_applies", "one_applies", "one_applies"),
        ("one_applies", "none_applies", "one_applies"),
        ("none_applies", "", "none_applies"),
    ],
)
def test_of_two_that_become_one_the_graver_declaration_stands(advisor, stays, goes, declared):
    into, old = (
        make_organisation(declaration=said, declared_on=TODAY if said else None)
        for said in (stays, goes)
    )

    organisations.merge(old, into, by=advisor.user)

    assert (fresh(into).declaration, fresh(into).declared_on) == (declared, TODAY)


def test_a_declaration_needs_its_day_and_one_that_has_come(advisor):
    organisation = make_organisation()
    said = {"declaration": "none_applies", "declared_by": "人事部 佐藤"}

    for day in ("", str(TODAY + timedelta(days=1)), "2026-02-30"):
        response = send(advisor, organisation, "declare", declared_on=day, **said)
        assert "declared_on" in response.context["forms"]["declare"].errors
    send(advisor, organisation, "declare", declared_on=str(TODAY), **said)

    found = fresh(organisation)
    assert (found.declaration, found.declared_on, found.declared_by) == (
        "none_applies",
        TODAY,
        "人事部 佐藤",
    )
    assert verbs(organisation) == ["declared"]


def declare(organisation, by, declaration="one_applies"):
    values = {"declaration": declaration, "declared_on": TODAY, "declared_by": "人事部 佐藤"}
    seen = organisations.version(organisation)
    organisations.change(organisation, values, by=by, seen=seen, verb="declared")


@pytest.mark.parametrize(("said", "asked"), [("one_applies", ["P_DECLARED"]), ("none_applies", [])])
def test_whoever_publishes_of_one_that_may_be_declined_writes_why(advisor, said, asked):
    posting = make_posting(state="draft")
    declare(posting.organisation, advisor.user, said)
    posting = fresh(posting)

    assert workflow.doubts(posting) == asked
    if asked:
        with pytest.raises(workflow.ReasonNeeded) as needed:
            workflow.publish(posting, by=advisor.user)
        assert needed.value.codes == asked
        assert fresh(posting).state == "draft"
    workflow.publish(posting, by=advisor.user, reason="It has paid since." if asked else "")

    assert fresh(posting).state == "published"
    page = advisor.get(reverse("posting_edit", args=[posting.ref])).content.decode()
    assert ("The organisation said so itself" in page) == bool(asked)


def test_what_is_on_the_board_already_is_edited_without_that_reason(advisor):
    posting = make_posting()
    declare(posting.organisation, advisor.user)

    workflow.edit(posting, {"openings": 9}, by=advisor.user, seen=workflow.version(posting))

    assert fresh(posting).openings == 9


def test_a_file_publishes_nothing_of_one_that_may_be_declined(advisor):
    declare(make_organisation(name_ja=LINE["organisation_ja"]), advisor.user)

    summary = take({}, publish=True)

    assert Posting.objects.get().state == "in_review"
    assert "a ground to decline its postings" in summary.results[0].why


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (1, 5, "to_come"),
        (0, 0, "soon"),
        (-9, 90, "soon"),
        (-9, 91, "valid"),
        (-9, None, "valid"),
        (-9, -1, "ended"),
    ],
)
def test_an_agreement_says_where_it_stands(first, last, state):
    agreement = Agreement(
        valid_from=TODAY + timedelta(days=first),
        valid_until=None if last is None else TODAY + timedelta(days=last),
    )

    assert agreement.state(TODAY) == state


@pytest.mark.parametrize(
    ("last", "listed"), [(-1, False), (0, True), (90, True), (91, False), (None, False)]
)
def test_the_list_of_agreements_that_end_soon_holds_both_its_days(advisor, last, listed):
    organisation = make_organisation()
    organisation.agreements.create(
        title="Framework",
        valid_from=TODAY - timedelta(days=9),
        valid_until=None if last is None else TODAY + timedelta(days=last),
    )

    response = advisor.get(reverse("organisation_list"), {"tab": "expiring"})

    assert list(response.context["page"]) == ([organisation] if listed else [])


def test_a_name_that_was_missing_is_written_and_told(advisor):
    organisation = make_organisation(name_ja="株式会社みなと", name_en="")

    found = organisations.find_or_add("株式会社みなと", "Minato Inc.", by=advisor.user)

    (event,) = log.history(organisation)
    assert (found, fresh(organisation).name_en) == (organisation, "Minato Inc.")
    assert (event.verb, event.actor, event.after) == (
        "edited",
        advisor.user,
        {"name_en": "Minato Inc."},
    )


def test_agreements_are_added_and_changed_and_listed_when_they_end_soon(advisor):
    organisation = make_organisation(name_en="Port Office")
    make_organisation(name_en="Hill Office")
    days = {"valid_from": str(TODAY), "valid_until": str(TODAY + timedelta(days=400))}

    send(advisor, organisation, "agreement", title="Framework", note="", **days)
    agreement = organisation.agreements.get()
    days["valid_until"] = str(TODAY + timedelta(days=30))
    send(
        advisor,
        organisation,
        "agreement",
        title="Framework",
        note="",
        agreement=agreement.pk,
        **days,
    )

    response = advisor.get(reverse("organisation_list"), {"tab": "expiring"})
    assert [str(row) for row in response.context["page"]] == [str(organisation)]
    counted = {counter.url: counter.number for counter in tasks.counters(advisor.user)}
    assert counted[reverse("organisation_list") + "?tab=expiring"] == 1
    assert verbs(organisation) == ["agreement added", "agreement changed"]


def test_an_agreement_that_ends_before_it_starts_is_refused(advisor):
    organisation = make_organisation()

    response = send(
        advisor,
        organisation,
        "agreement",
        title="Framework",
        valid_from=str(TODAY),
        valid_until=str(TODAY - timedelta(days=1)),
    )

    assert "valid_until" in response.context["forms"]["agreement"].errors
    assert not organisation.agreements.exists()


def test_saving_what_stands_there_writes_nothing(advisor):
    organisation = make_organisation(name_kana="ミナト")
    facts = {name: getattr(organisation, name) for name in organisations.FACTS}

    send(advisor, organisation, "edit", **facts)

    assert verbs(organisation) == []


# ── Two people at once ──────────────────────────────────────────────────────────────────────


def test_the_second_of_two_people_is_told_and_nothing_typed_is_lost(advisor):
    organisation = make_organisation()
    seen = organisations.version(organisation)
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    organisations.change(
        organisation, {"url": "https://a.example/"}, by=colleague, seen=seen, verb="edited"
    )
    typed = {"name_ja": "別の名", "name_en": "", "name_kana": "", "industry": ""}

    first = send(advisor, organisation, "edit", url="https://b.example/", seen=seen, **typed)
    form = first.context["forms"]["edit"]
    again = form.data["edit-seen"]
    told = " ".join(form.non_field_errors())
    kept = fresh(organisation).url
    send(advisor, organisation, "edit", url="https://b.example/", seen=again, **typed)

    assert "SATO Keiko changed this organisation" in told
    assert "https://a.example/" in told
    assert form["url"].value() == "https://b.example/"
    assert (kept, fresh(organisation).url) == ("https://a.example/", "https://b.example/")


def test_who_may_not_change_organisations_changes_none(person):
    organisation = make_organisation()
    reviewer = person("reviewer")

    with pytest.raises(PermissionDenied):
        organisations.set_flag(organisation, FLAG, by=reviewer, seen=0)
    with pytest.raises(PermissionDenied):
        organisations.merge(make_organisation(), organisation, by=reviewer)


# ── Two that are one ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def twins():
    """The same company twice: (goes, stays)."""
    old = make_organisation(
        name_ja="(株)みなと", name_en="", name_kana="ミナト", url="https://www.minato.example.jp/"
    )
    new = make_organisation(name_ja="株式会社みなと", name_en="Minato Inc.")
    make_posting(organisation=old, ref="T-OLD", title_en="Port survey")
    Agreement.objects.create(organisation=old, title="Framework", valid_from=TODAY)
    return old, new


def test_merging_moves_postings_agreements_and_the_address(advisor, client, twins):
    old, new = twins
    flag(old, advisor.user)

    advisor.post(reverse("organisation_merge", args=[new.pk, old.pk]))

    found = fresh(new)
    assert [posting.ref for posting in found.postings.all()] == ["T-OLD"]
    assert [agreement.title for agreement in found.agreements.all()] == ["Framework"]
    assert (found.name_kana, found.url) == ("ミナト", "https://www.minato.example.jp/")
    assert (found.flag, found.flag_student_en) == ("stop", "Do not apply.")
    assert (verbs(old)[-1], verbs(new)) == ("merged away", ["merged"])
    assert log.history(Posting.objects.get()).first().verb == "moved"
    response = client.get(reverse("organisation_detail", args=[old.pk]))
    assert (response.status_code, response["Location"]) == (301, new.get_absolute_url())


def test_before_two_become_one_the_page_shows_what_moves_and_what_is_taken_over(advisor, twins):
    old, new = twins
    flag(old, advisor.user)
    notes = {"memo": "Ask Sato.", "addendum_ja": "", "addendum_en": ""}
    organisations.write_notes(old, notes, by=advisor.user)

    shown = advisor.get(reverse("organisation_merge", args=[new.pk, old.pk]))

    told = dict(shown.context["taken"])
    assert [row.ref for row in shown.context["moving"]] == ["T-OLD"]
    assert {"ミナト", "Ask Sato.", "Wages not paid in May.", "Do not apply."} <= set(told.values())
    organisations.merge(old, new, by=advisor.user)
    assert (fresh(new).memo, fresh(new).flag_staff) == ("Ask Sato.", "Wages not paid in May.")


def test_what_was_saved_and_what_waits_stays_with_a_posting_that_moves(advisor, student, twins):
    old, new = twins
    posting = old.postings.get()
    Bookmark.objects.create(student=student, posting=posting)
    workflow.propose(posting, {"openings": 7}, by=advisor.user, seen=workflow.version(posting))

    organisations.merge(old, new, by=advisor.user)
    workflow.approve_change(posting, by=advisor.user, seen=workflow.version(posting))

    assert Bookmark.objects.get().posting == posting
    assert (fresh(posting).organisation, fresh(posting).openings) == (new, 7)


def test_a_change_that_waits_to_move_a_posting_leads_to_the_one_that_stays(advisor, twins):
    old, new = twins
    posting = make_posting()
    move = {"organisation_id": old.pk}
    workflow.propose(posting, move, by=advisor.user, seen=workflow.version(posting))
    organisations.merge(old, new, by=advisor.user)

    workflow.approve_change(posting, by=advisor.user, seen=workflow.version(posting))

    assert fresh(posting).organisation == new


def test_a_name_merged_away_still_means_the_one_that_stays(advisor, twins):
    old, new = twins
    organisations.merge(old, new, by=advisor.user)

    take({"organisation_ja": "（株）みなと", "organisation_en": ""})

    assert organisations.find("(株)みなと", "") == new
    assert Posting.objects.get(ref=LINE["ref"]).organisation == new
    assert fresh(new).name_ja == "株式会社みなと"
    assert Organisation.objects.count() == 2


def test_a_chain_of_merges_ends_at_the_last_one(advisor, twins):
    old, new = twins
    last = make_organisation()
    organisations.merge(old, new, by=advisor.user)

    organisations.merge(new, last, by=advisor.user)

    assert fresh(old).merged_into == last
    assert Posting.objects.get(ref="T-OLD").organisation == last


def test_an_old_version_that_names_the_one_merged_away_is_put_right(advisor, twins):
    old, new = twins
    organisations.merge(old, new, by=advisor.user)
    posting = Posting.objects.get(ref="T-OLD")

    posting.organisation_id = old.pk
    posting.save()

    assert fresh(posting).organisation == new


def test_what_was_typed_for_one_merged_away_meanwhile_is_asked_again_for_the_one_that_stays(
    advisor, twins
):
    old, new = twins
    seen = organisations.version(old)
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    organisations.merge(old, new, by=colleague)

    first = send(advisor, old, "flag", seen=seen, **FLAG)
    form = first.context["forms"]["flag"]
    told, kept = " ".join(form.non_field_errors()), fresh(new).flag
    send(advisor, old, "flag", seen=form.data["flag-seen"], **FLAG)

    assert "SATO Keiko merged another organisation into this one" in told
    assert form["flag_staff"].value() == FLAG["flag_staff"]
    assert first.context["organisation"] == new
    assert (kept, fresh(new).flag, fresh(old).flag) == ("", FLAG["flag"], "")


def test_of_two_who_merge_at_once_the_second_is_told(advisor, twins):
    old, new = twins
    organisations.merge(old, new, by=make_user(roles=["advisor"], name_romaji="SATO Keiko"))

    response = advisor.post(reverse("organisation_merge", args=[new.pk, old.pk]), follow=True)

    assert "SATO Keiko merged this organisation into another" in response.content.decode()
    assert verbs(new) == ["merged"]
    with pytest.raises(organisations.Conflict):
        organisations.merge(old, new, by=advisor.user)
    with pytest.raises(organisations.Conflict):
        organisations.merge(new, old, by=advisor.user)


def test_nothing_is_merged_into_itself(advisor):
    organisation = make_organisation()
    address = reverse("organisation_merge", args=[organisation.pk, organisation.pk])

    assert advisor.post(address).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.update(merged_into=organisation)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"name_ja": "株式会社みなと"}, {"name_ja": "（株）みなと"}, True),
        ({"name_en": "Minato Co., Ltd."}, {"name_en": "MINATO K.K."}, True),
        ({"name_kana": "ミナト"}, {"name_kana": "ミナト"}, True),
        ({"url": "https://www.minato.jp/a"}, {"url": "https://minato.jp/"}, True),
        ({"name_ja": "港"}, {"name_ja": "湊"}, False),
        ({"name_ja": "株式会社"}, {"name_ja": "有限会社"}, False),
    ],
)
def test_likely_duplicates_are_suggested(one, other, same):
    blank = {"name_ja": "", "name_en": ""}
    names = [
        {"name_ja": f"別{n}"} if not set(row) & {"name_ja", "name_en"} else {}
        for n, row in enumerate((one, other))
    ]
    first = make_organisation(**blank | names[0] | one)
    second = make_organisation(**blank | names[1] | other)

    assert organisations.likely_same(first) == ([second] if same else [])
    assert organisations.all_likely_same() == ([[first, second]] if same else [])


def test_one_is_found_by_its_names_however_they_are_written():
    both = make_organisation(name_ja="株式会社みなと", name_en="Minato Inc.")
    english = make_organisation(name_ja="", name_en="ACME")
    make_organisation(name_ja="株式会社やま", name_en="Minato Inc.")

    assert organisations.find("株式会社　ミナト", "") is None
    assert organisations.find("㈱みなと", "") is None  # likely the same, but for people to say
    assert organisations.find("株式会社 みなと", "anything") == both
    assert organisations.find("", "ＭＩＮＡＴＯ inc.") == both
    assert organisations.find("株式会社かわ", "Minato Inc.") is None
    assert organisations.find("アクメ", "acme") == organisations.find("ＡＣＭＥ", "") == english


def test_names_of_a_whole_file_cost_one_query(django_assert_num_queries):
    made = [make_organisation() for _ in range(30)]

    with django_assert_num_queries(1):
        hosts = organisations.Hosts([(row.name_ja, row.name_en) for row in made])
        found = [hosts.find(row.name_ja, row.name_en) for row in made]

    assert found == made


def test_the_look_up_of_a_name_reads_an_index():
    make_organisation(name_ja="株式会社みなと")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table is read whole
        cursor.execute(
            "EXPLAIN SELECT * FROM board_organisation"
            " WHERE name_ja_key IN ('a', 'b') OR name_en_key IN ('a', 'b')"
        )
        plan = "".join(line for (line,) in cursor.fetchall())

    assert "organisation_by_name_ja" in plan
    assert "organisation_by_name_en" in plan


@pytest.mark.parametrize("name", ["㍿" * 200, "\ufdfa" * 200])
def test_a_name_that_folds_into_a_long_one_is_kept_and_found(name):
    organisation = make_organisation(name_ja=name)

    assert organisations.find(name, "") == organisation


def test_no_organisation_is_without_what_it_is_found_by():
    organisation = make_organisation(name_ja="株式会社みなと", name_en="")

    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.update(name_ja_key="")
    organisation.name_ja = "株式会社やま"
    organisation.save(update_fields=["name_ja"])
    Organisation.objects.bulk_create([Organisation(name_en="Hill")])

    assert organisations.find("株式会社やま", "") == organisation
    assert organisations.find("株式会社みなと", "") is None
    assert organisations.find("", "HILL").name_en == "Hill"


# ── The list ────────────────────────────────────────────────────────────────────────────────


def test_the_list_counts_and_finds(advisor, twins):
    old, new = twins
    make_posting(organisation=new, closes_at=NOW)
    make_posting(organisation=new)
    organisations.merge(old, new, by=advisor.user)
    make_organisation(name_ja="山の会社", name_en="Hill")

    response = advisor.get(reverse("organisation_list"), {"q": "みなと"})

    (row,) = response.context["page"]
    assert (row, row.open_postings, row.all_postings) == (new, 2, 3)


@pytest.mark.parametrize("tab", ["all", "flagged", "expiring", "undeclared", "duplicates", "none"])
def test_each_tab_opens(advisor, twins, tab):
    assert advisor.get(reverse("organisation_list"), {"tab": tab}).status_code == 200


def test_the_list_asks_the_database_no_more_for_more_rows(advisor, assert_same_queries):
    assert_same_queries(lambda: advisor.get(reverse("organisation_list")), make_posting, at_most=10)


def test_the_page_of_one_asks_no_more_for_more_agreements(advisor, assert_same_queries):
    organisation = make_organisation()
    assert_same_queries(
        lambda: page(advisor, organisation),
        lambda: Agreement.objects.create(organisation=organisation, title="x", valid_from=TODAY),
    )
