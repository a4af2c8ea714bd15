import pytest

from careers.record.models import Event
from internships.board.models import Bureau
from internships.board.reference import load_reference_data
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def test_an_administrators_change_is_kept_and_recorded(signed_in):
    load_reference_data()
    bureau = Bureau.objects.get(code="NGO")
    client = signed_in("administrator")
    address = f"/admin/board/bureau/{bureau.pk}/change/"
    form = client.get(address).context["adminform"].form
    sent = {name: form.initial.get(name) or "" for name in form.fields}
    area = ",".join(bureau.prefectures)
    sent |= {"phone": "052-000-0000", "prefectures": area, "initial-prefectures": area}

    response = client.post(address, sent)

    assert response.status_code == 302, response.context["adminform"].form.errors
    bureau.refresh_from_db()
    assert (bureau.phone, bureau.kept_by_office) == ("052-000-0000", True)
    assert Event.objects.get().after == {"phone": "052-000-0000"}


@pytest.mark.parametrize("model", ["posting", "organisation"])
def test_the_admin_shows_postings_and_changes_none(signed_in, model):
    posting = make_posting()
    row = posting if model == "posting" else posting.organisation
    client = signed_in("administrator")

    assert client.get(f"/admin/board/{model}/").status_code == 200
    assert client.get(f"/admin/board/{model}/{row.pk}/change/").status_code == 200
    assert client.get(f"/admin/board/{model}/add/").status_code == 403
    assert client.post(f"/admin/board/{model}/{row.pk}/delete/").status_code == 403


@pytest.mark.parametrize("model", ["resource", "bureau", "minimumwage"])
def test_the_administrator_finds_the_reference_data(signed_in, model):
    load_reference_data()
    client = signed_in("administrator")

    assert client.get(f"/admin/board/{model}/").status_code == 200
    assert client.get(f"/admin/board/{model}/add/").status_code == 200
