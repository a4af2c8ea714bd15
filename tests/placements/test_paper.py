"""The slip as PDF: the words of the printed page, our fonts, text that stays text, two pages."""

import io
import re

import pytest
from django.urls import reverse
from django.utils.html import escape
from pypdf import PdfReader

from careers.people.models import Student, User
from careers.record.models import Event
from internships.eligibility.run import make_run
from internships.eligibility.slip import make_slip
from internships.placements import overrides
from internships.placements.paper import paper, slip_pdf
from internships.placements.workflow import Plan
from tests.eligibility.answers import LONGEST
from tests.factories import make_posting, make_user
from tests.placements.slips import make_checked_placement

pytestmark = pytest.mark.django_db

MARKUP = "#strong[x] $a$ *b* _c_ @d <e> \\ `f` = //g"


def pages_of(content):
    return PdfReader(io.BytesIO(content)).pages


def text_of(content):
    return squeezed("".join(page.extract_text() for page in pages_of(content)))


def squeezed(words):
    return re.sub(r"\s", "", words)


def fonts_of(content):
    found = {}
    for page in pages_of(content):
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[str(font.get_object()["/BaseFont"]).partition("+")[2]] = inner["/FontDescriptor"]
    return found


def pairs_in(stored):
    """Give every text of a slip that stands in both languages."""
    if isinstance(stored, dict):
        if set(stored) == {"ja", "en"}:
            yield stored
        else:
            for value in stored.values():
                yield from pairs_in(value)
    elif isinstance(stored, list):
        for value in stored:
            yield from pairs_in(value)


def longest_slip():
    run = make_run(LONGEST, "", None)
    assert run.walk.complete
    return make_slip(run)


def on_paper(slip):
    """What the paper leaves to the screen: the explanations under each reason and paper."""
    kept = {key: value for key, value in slip.items() if key not in ("reasons", "papers", "line")}
    reasons = [{"text": one["text"], "sources": one["sources"]} for one in slip["reasons"]]
    papers = [
        {"title": group["title"], "papers": [[p["name"], p["who"]] for p in group["papers"]]}
        for group in slip["papers"]
    ]
    answers = [[one["label"], one["said"]] for one in slip["answers"]]
    todo = [one["what"] for one in slip["todo"]]
    return kept | {"reasons": reasons, "papers": papers, "answers": answers, "todo": todo}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pdf_says_all_that_the_printed_page_says(client, language):
    slip = longest_slip()

    text = text_of(slip_pdf(paper(slip)))
    printed = client.get(reverse("check_result"), {**LONGEST, "print": ""}).content.decode()

    words = [pair[language] for pair in pairs_in(on_paper(slip))]
    assert len(words) > 60
    assert [one for one in words if squeezed(one) not in text] == []
    assert [one for one in words if escape(one) not in printed] == []


def test_the_longest_result_fits_on_two_pages_with_our_fonts_inside():
    content = slip_pdf(paper(longest_slip()))

    fonts = fonts_of(content)
    assert len(pages_of(content)) == 2
    assert set(fonts) == {"NotoSansJP-Regular-Identity-H", "NotoSerifJP-Regular-Identity-H"}
    assert all("/FontFile3" in font.get_object() for font in fonts.values())


def test_a_title_that_looks_like_markup_stays_text(student, client):
    posting = make_posting(title_ja=MARKUP, title_en=MARKUP)
    placement = make_checked_placement(student, plan=Plan(posting=posting))

    client.force_login(student.user)
    shown = client.get(reverse("placement_pdf", args=[placement.pk]))

    assert squeezed(MARKUP) in text_of(shown.content)


def test_a_visitor_takes_her_result_with_her_and_no_address_tells_it(client):
    answers = "&".join(f"{key}={value}" for key, value in LONGEST.items())

    shown = client.post(reverse("check_pdf"), {"answers": answers})

    assert shown["Content-Disposition"] == 'attachment; filename="result-slip.pdf"'
    assert "no-store" in shown["Cache-Control"]
    assert "private" in shown["Cache-Control"]
    assert shown["X-Robots-Tag"] == "noindex, nofollow"
    text = text_of(shown.content)
    assert "Resultslip判定票" in text
    assert "Itisnotapermission." in text
    assert "許可書ではありません" in text


@pytest.mark.parametrize("answers", ["", "institution=japan", "%00&institution=<script>"])
def test_half_a_check_leads_back_to_its_question(client, answers):
    shown = client.post(reverse("check_pdf"), {"answers": answers})

    assert shown.status_code == 302
    assert shown["Location"].startswith(reverse("wizard"))


def test_a_stored_slip_is_set_as_it_was_stored(student_client, student):
    placement = make_checked_placement(student)

    shown = student_client.get(reverse("placement_pdf", args=[placement.pk]))

    assert shown["Cache-Control"] == "private, no-store"
    text = text_of(shown.content)
    assert squeezed(str(student.user)) in text
    assert squeezed("北野ロボティクス") in text
    assert squeezed("35 hours is over 28.（日）") in text
    assert "2026-12-17" in text


def test_an_answer_of_a_reviewer_stands_on_the_paper_with_its_reason(student_client, student):
    placement = make_checked_placement(student)
    reviewer = make_user(roles=["reviewer"])
    reason = "The bureau said so. *Ask* 東京入管."
    overrides.make(placement, "V_NOT_NEEDED", reason, actor=reviewer)

    text = text_of(student_client.get(reverse("placement_pdf", args=[placement.pk])).content)
    page = student_client.get(placement.get_absolute_url(), {"print": ""}).content.decode()

    assert "inplaceoftherules" in text
    assert "規則の判定に代えて" in text
    assert squeezed(reason) in text
    assert "in place of the rules" in page
    assert reason in page


def test_a_reviewer_who_takes_the_paper_is_noted(client, student):
    placement = make_checked_placement(student)
    reviewer = make_user(roles=["reviewer"])
    client.force_login(reviewer)

    assert client.get(reverse("placement_pdf", args=[placement.pk])).status_code == 200
    assert Event.objects.filter(verb="opened", actor=reviewer).count() == 1


def test_names_keep_their_letters(student):
    slip = make_checked_placement(student).verdicts.first().assessment["slip"]
    name = "髙橋 𠮷田 﨑 Nguyễn Thị Ánh 刘洋"

    text = text_of(slip_pdf(paper(slip) | {"person": name}))

    assert squeezed(name) in text


def test_with_a_long_answer_of_a_reviewer_it_still_fits_on_two_pages(student):
    """An answer in place of the rules leaves out what to do and what would change it."""
    slip = longest_slip() | {"changes": [], "todo": []}
    instead = {"before": slip["headline"], "reason": "理由はこうです。" * 250, "by": "石川 由美"}

    content = slip_pdf(paper(slip) | {"override": instead})

    assert len(instead["reason"]) == 2000
    assert len(pages_of(content)) == 2


def test_a_name_that_our_fonts_cannot_draw_stands_as_on_the_residence_card(student):
    name = {"family_name": "고", "given_name": "서연", "name_romaji": "KO SEOYEON"}
    User.objects.filter(pk=student.user.pk).update(**name)
    placement = make_checked_placement(Student.objects.get(pk=student.pk))
    slip = placement.verdicts.first().assessment["slip"]

    assert paper(slip, placement=placement)["person"] == "KO SEOYEON"


def test_a_name_stands_in_both_ways_of_writing_it(student):
    placement = make_checked_placement(student)
    slip = placement.verdicts.first().assessment["slip"]

    named = paper(slip, placement=placement)["person"]

    assert student.user.name_romaji in named
    assert student.user.family_name in named
