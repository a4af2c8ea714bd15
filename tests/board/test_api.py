"""The API: which postings it gives, in what shape, page by page, and how it says no."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from internships.board import organisations
from internships.board.api.openapi import NOT_HERE
from internships.board.filters import FILTERS
from internships.board.importing import import_table, read_table
from internships.board.models import Posting
from tests.board.importing import SAMPLE
from tests.factories import NOW, make_organisation, make_posting, make_user

LIST, DOCUMENT = "/api/v1/postings", "/api/v1/openapi.json"
pytestmark = pytest.mark.django_db


def get(client, address=LIST, **query):
    response = client.get(address, query)
    assert response["Content-Type"] == "application/json"
    return response


def refs(response):
    return [posting["ref"] for posting in response.json()["results"]]


# ── Which postings ──────────────────────────────────────────────────────────────────────────


def test_only_open_postings_are_given_to_anybody(client, person):
    shown = make_posting(opens_at=NOW, closes_at=NOW + timedelta(seconds=1))
    hidden = [
        make_posting(closes_at=NOW),
        make_posting(opens_at=NOW + timedelta(seconds=1)),
        make_posting(state="draft"),
        make_posting(state="in_review"),
        make_posting(state="returned"),
        make_posting(state="withdrawn", withdrawn_at=NOW),
    ]

    for who in (None, person("student"), person("advisor")):
        if who:
            client.force_login(who)
        assert refs(get(client)) == [shown.ref]
        for posting in hidden:
            assert get(client, f"{LIST}/{posting.ref}").status_code == 404
        assert get(client, f"{LIST}/{shown.ref}").json()["ref"] == shown.ref


def test_the_boards_own_addresses_work_and_find_the_same_in_the_same_order(client):
    for number in range(4):
        make_posting(
            pay_kind="none" if number % 2 else "wage",
            title_en=f"Lighthouse {number}",
            opens_at=NOW - timedelta(days=number),
        )
    make_posting(title_en="Something else")

    for query in ("q=lighthouse&pay=unpaid", "q=lighthouse&sort=newest", "pay=wage&pay=unpaid"):
        board = client.get(f"{reverse('posting_list')}?{query}")
        found = client.get(f"{LIST}?{query}")
        assert refs(found) == [row.posting.ref for row in board.context["rows"]] != []
        assert found.json()["query"] == query


def test_what_nobody_knows_is_left_out_and_the_answer_says_what_was_understood(client):
    make_posting()

    answer = get(client, pay="gold", mine="fits", other="1").json()

    assert (answer["count"], answer["query"]) == (1, "")


# ── Page by page ────────────────────────────────────────────────────────────────────────────


def test_pages_together_give_every_posting_once(client):
    made = {make_posting().ref for _ in range(7)}  # all close at the same second

    address, seen, back = f"{LIST}?page_size=3", [], []
    while address:
        answer = client.get(address).json()
        seen += [posting["ref"] for posting in answer["results"]]
        back.append(answer["prev"])
        address = answer["next"]

    assert (len(seen), set(seen)) == (7, made)
    assert back[0] is None
    assert back[2].endswith("page_size=3&page=2")
    assert (answer["count"], answer["page"], answer["pages"]) == (7, 3, 3)


@pytest.mark.parametrize(
    ("query", "status", "name"),
    [
        ({"page": "2"}, 404, "page"),
        ({"page": "0"}, 400, "page"),
        ({"page": "x"}, 400, "page"),
        ({"page": "9" * 30}, 400, "page"),
        ({"page_size": "201"}, 400, "page_size"),
        ({"page_size": "-1"}, 400, "page_size"),
        ({"hours": "many"}, 400, "hours"),
        ({"lang": "fr"}, 400, "lang"),
    ],
)
def test_what_makes_no_sense_is_told_as_json(client, query, status, name):
    make_posting()

    response = get(client, **query)

    error = response.json()["error"]
    assert (response.status_code, error["status"], list(error["parameters"])) == (
        status,
        status,
        [name],
    )
    assert error["parameters"][name]


def test_messages_come_in_the_language_asked_for(client):
    response = get(client, f"{LIST}/nothing", lang="ja")

    assert "この番号" in response.json()["error"]["message"]
    assert response["Content-Language"] == "ja"


@pytest.mark.parametrize("address", [LIST, f"{LIST}/x", DOCUMENT, "/api/v1/x"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written(client, address, method):
    response = getattr(client, method)(address)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json()["error"]["status"] == 405


def test_an_address_that_does_not_exist_is_told_as_json(client):
    assert get(client, "/api/v1/students").json()["error"]["status"] == 404


# ── Kept answers ────────────────────────────────────────────────────────────────────────────


def test_an_answer_that_has_not_changed_is_not_sent_again(client):
    posting = make_posting()
    for address in (LIST, f"{LIST}/{posting.ref}", DOCUMENT):
        etag = client.get(address)["ETag"]

        again = client.get(address, headers={"if-none-match": etag})

        assert (again.status_code, again.content) == (304, b"")
    etag = client.get(LIST)["ETag"]
    posting.openings = 9
    posting.save()
    assert client.get(LIST, headers={"if-none-match": etag}).status_code == 200


def test_an_answer_may_be_kept_for_a_minute_and_is_the_same_for_everybody(client, person):
    make_posting()
    anonymous = client.get(LIST)
    client.force_login(person("advisor"))

    assert anonymous["Cache-Control"] == "public, max-age=60"
    assert not anonymous.cookies
    assert client.get(LIST).content == anonymous.content


def test_a_fault_is_kept_by_nobody(client):
    assert get(client, page="x")["Cache-Control"] == "no-store"


# ── The shape ───────────────────────────────────────────────────────────────────────────────


def must_be(schema, answer, document):
    """Check an answer by a schema of the document; a field that is not in it is a fault."""
    root = {"$ref": f"#/components/schemas/{schema}", "components": closed(document["components"])}
    formats = FormatChecker()
    formats.checks("date-time", raises=ValueError)(lambda text: not text or _aware(text))
    Draft202012Validator(root, format_checker=formats).validate(answer.json())


def _aware(text):
    return datetime.fromisoformat(text).tzinfo is not None


def closed(schema):
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(part) for name, part in schema.items()}
    return made | {"additionalProperties": False} if "properties" in made else made


FULL = {
    "programme_type": 3,
    "prefecture": "13",
    "city_ja": "港区",
    "work_style": "hybrid",
    "starts_on": NOW.date(),
    "ends_on": NOW.date(),
    "weekly_hours": "27.5",
    "daily_hours": "7.5",
    "days_per_week": "3.5",
    "pay_kind": "wage",
    "pay_yen": 1500,
    "pay_unit": "hour",
    "japanese_level": "N2",
    "english_level": "daily",
    "faculties": ["any"],
    "study_years": ["B3", "M1"],
    "accepts_from_abroad": True,
    "openings": 3,
    "apply_method": "email",
    "apply_to": "tanto.yamada@example.jp",
}


@pytest.mark.parametrize("fields", [{}, FULL], ids=["empty", "full"])
def test_each_answer_is_as_the_document_says(client, fields):
    posting = make_posting(**fields)
    document = get(client, DOCUMENT).json()

    must_be("Page", get(client, page_size=1), document)
    must_be("Posting", get(client, f"{LIST}/{posting.ref}"), document)
    must_be("Error", get(client, page="x"), document)
    must_be("Error", get(client, page=9), document)
    must_be("Error", get(client, f"{LIST}/I26-9999"), document)


def test_every_posting_of_the_sample_is_as_the_document_says(client):
    import_table(read_table(SAMPLE.read_bytes()), publish=True)

    page = get(client, page_size=200)

    assert len(refs(page)) == 88
    must_be("Page", page, get(client, DOCUMENT).json())


def test_a_field_that_the_document_does_not_know_would_be_found(client):
    document = get(client, DOCUMENT).json()
    del document["components"]["schemas"]["Posting"]["properties"]["openings"]
    posting = make_posting()

    with pytest.raises(ValidationError, match="openings"):
        must_be("Posting", get(client, f"{LIST}/{posting.ref}"), document)


def test_nothing_about_people_and_no_sign_of_permission_is_given(client):
    advisor = make_user(roles=["advisor"], family_name="極秘", name_romaji="SECRET Person")
    organisation = make_organisation()
    organisations.set_flag(
        organisation,
        {
            "flag": "warning",
            "flag_staff": "Office only.",
            "flag_student_ja": "",
            "flag_student_en": "Ask for the contract.",
        },
        by=advisor,
        seen=0,
    )
    make_posting(organisation=organisation, posted_by=advisor, problems=["P_OVER28"], **FULL)
    Posting.objects.update(weekly_hours=40)

    text = get(client).content.decode()

    assert "Ask for the contract." in text
    for secret in ("tanto.yamada", "SECRET", "極秘", "Office only", "P_OVER28", "V_", "flagged"):
        assert secret not in text


def test_each_filter_of_the_board_is_in_the_document(client):
    paths = get(client, DOCUMENT).json()["paths"]

    named = [parameter["name"] for parameter in paths[LIST]["get"]["parameters"]]

    ours = ["sort", "page", "page_size", "lang"]
    assert named == [name for name in FILTERS if name not in NOT_HERE] + ours
    assert set(paths) == {LIST, f"{LIST}/{{ref}}"}


def test_every_reference_of_the_document_leads_somewhere(client):
    document = get(client, DOCUMENT).json()
    text = json.dumps(document)

    wanted = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}

    assert wanted == set(document["components"]["schemas"])
    assert document["openapi"] == "3.1.0"


def test_the_document_keeps_to_the_rules_of_openapi(client):
    document = get(client, DOCUMENT).json()
    operations = [path["get"] for path in document["paths"].values()]

    assert {"openapi", "info", "paths"} <= set(document)
    assert {"title", "version"} <= set(document["info"])
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for path, item in document["paths"].items():
        parameters = item["get"]["parameters"]
        named = [(parameter["in"], parameter["name"]) for parameter in parameters]
        assert len(set(named)) == len(named)
        in_path = {name for place, name in named if place == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))
        assert all(parameter["required"] for parameter in parameters if parameter["in"] == "path")
        for answer in item["get"]["responses"].values():
            assert answer["description"]
        for schema in (parameter["schema"] for parameter in parameters):
            assert ("items" in schema) == (schema["type"] == "array")
            assert schema.get("items", schema).get("enum", ["any"])
            Draft202012Validator.check_schema(schema)
            if "default" in schema:
                Draft202012Validator(schema).validate(schema["default"])
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("size", [1, 200])
def test_each_parameter_of_the_document_is_understood(client, size):
    make_posting()
    document = get(client, DOCUMENT).json()
    example = {"date": "2027-02-15", None: "1"}
    query = {
        parameter["name"]: (schema.get("items") or schema).get(
            "enum", [example[schema.get("format")]]
        )[0]
        for parameter in document["paths"][LIST]["get"]["parameters"]
        for schema in [parameter["schema"]]
    }

    response = get(client, **query | {"page_size": size})

    assert response.status_code == 200
    must_be("Page", response, document)


def test_a_list_asks_the_database_no_more_for_more_rows(client, assert_same_queries):
    assert_same_queries(lambda: client.get(f"{LIST}?page_size=200"), make_posting, at_most=5)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_for_people_shows_a_real_posting_and_asks_nobody_else(client, language):
    posting = make_posting(title_en="<b>Lighthouse</b>")
    client.cookies["django_language"] = language

    page = client.get(reverse("api_page")).content.decode()

    assert posting.ref in page
    assert "<b>Lighthouse" not in page
    assert 'src="http' not in page
