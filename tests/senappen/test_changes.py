"""Changes of the rows that say who may what: kept whoever makes them, by nobody's hand, shown on the admin site."""

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from audit.events import Kind
from credentialing.models import Agency, User
from credentialing.roles import Role
from senappen import changes
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_agency, make_user
from tests.factories.ingestion import make_still_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

KEPT = [model.pgh_tracked_model for model in pghistory.models.Event.__subclasses__()]


def _told(change: changes.Change) -> dict[str, tuple[str, str]]:
    return {field.name: (field.before, field.after) for field in change.fields}


def test_a_change_by_hand_is_kept_with_what_stood_there_before() -> None:
    agency = make_agency("PP-SE")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE credentialing_agency SET headcount = 900 WHERE id = %s", [agency.pk])
    change, made = changes.of(Agency, agency.pk)
    assert _told(change) == {"efetivo": (str(agency.headcount), "900")}
    assert (change.what, change.request) == ("Alteração", "")
    assert _told(made)["sigla"] == (changes.NOTHING, "PP-SE")


def test_a_deleted_row_is_kept() -> None:
    agency = make_agency("PP-SE")
    key = agency.pk
    agency.delete()
    assert changes.of(Agency, key)[0].what == "Exclusão"


def test_what_changes_nothing_is_no_change() -> None:
    agency = make_agency("PP-SE")
    agency.save()
    assert len(changes.of(Agency, agency.pk)) == 1


@pytest.mark.parametrize("deed", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"])
@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_the_application_cannot_touch_what_is_kept(model: type[Agency], deed: str) -> None:
    table = model.changes.rel.related_model._meta.db_table  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(table))


def test_of_a_secret_it_is_kept_that_it_changed_and_nothing_else() -> None:
    user, source = make_user(), make_still_source()
    user.set_password("outra senha bem longa e fictícia")
    user.save()
    source.encrypted_credentials = b"other"
    source.save()
    for row, secret in ((user, "password"), (source, "encrypted_credentials")):
        newest, *_ = changes.of(type(row), row.pk)
        kept = type(row).changes.rel.related_model  # type: ignore[attr-defined]
        assert newest.what.endswith("novo valor (não guardado)")
        assert newest.fields == ()
        assert secret not in {field.name for field in kept._meta.get_fields()}


def test_a_login_is_no_change_of_the_account() -> None:
    user = make_user()
    doors.session(user)
    user.save()
    assert [change.what for change in changes.of(User, user.pk)] == ["Cadastro"]


def test_the_page_leads_from_a_change_to_its_record_in_the_audit() -> None:
    agency = make_agency("PP-SE")
    administrator = doors.session(make_user(username="admin.geral", role=Role.GENERAL_ADMIN))
    page = f"/admin/credentialing/agency/{agency.pk}"
    form = {"name": "Outro nome", "uf": agency.uf, "headcount": agency.headcount, "activities": agency.activities}
    reference = administrator.post(f"{page}/change/", form)["X-Request-ID"]
    [event] = recorded(Kind.ADMIN_CHANGE)
    assert str(event.request) == reference == changes.of(Agency, agency.pk)[0].request
    shown = administrator.get(f"{page}/history/").content.decode()
    assert "Mudanças guardadas pelo banco" in shown
    assert f'href="/auditoria/?requisicao={reference}"' in shown
    assert "Outro nome" in shown


def test_after_a_request_its_connection_tells_nothing_of_it(client: Client) -> None:
    agency = make_agency("PP-SE")
    client.post("/entrar/", {"username": "ninguem", "password": "x"})
    Agency.objects.filter(pk=agency.pk).update(headcount=901)
    assert changes.of(Agency, agency.pk)[0].request == ""


def test_a_row_of_which_nothing_is_kept_has_no_such_section() -> None:
    administrator = doors.session(make_user(role=Role.GENERAL_ADMIN))
    mapping = make_still_source().mapping
    shown = administrator.get(f"/admin/ingestion/mappingversion/{mapping.pk}/history/")
    assert shown.status_code == 200
    assert "Mudanças guardadas" not in shown.content.decode()
