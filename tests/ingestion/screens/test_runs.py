"""The log of a load."""

import pytest
from django.test import Client

from ingestion.models import Load, LoadStatus
from ingestion.services import loads
from tests.factories.ingestion import BY, State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def _address(found: Load) -> str:
    return f"/conectores/AL/cargas/{found.pk}/"


def test_a_finished_load_tells_its_rows_and_is_not_followed(technician: Client, state: State) -> None:
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, nasc="ontem")

    response = technician.get(_address(load(make_source(state))))

    run = response.context["run"]
    assert (run["totals"]["read"], run["totals"]["new"], run["totals"]["rejected"]) == (2, 1, 1)
    assert "hx-trigger" not in response.content.decode()


def test_a_running_load_is_followed_until_the_person_stops_it(technician: Client, state: State) -> None:
    found = loads.start(source=make_source(state), by=BY, enqueued=False)
    Load.objects.filter(pk=found.pk).update(status=LoadStatus.RUNNING)

    assert 'hx-trigger="every 3s"' in technician.get(_address(found)).content.decode()
    assert "hx-trigger" not in technician.get(f"{_address(found)}?atualizar=nao").content.decode()


def test_the_part_that_moves_says_when_to_stop_asking(technician: Client, state: State) -> None:
    source = make_source(state)
    found = loads.start(source=source, by=BY, enqueued=False)

    assert technician.get(f"{_address(found)}andamento/").status_code == 200
    load(source)
    assert technician.get(f"{_address(found)}andamento/").status_code == 286


def test_a_stopped_load_tells_its_cause_and_reference(technician: Client, state: State) -> None:
    source = make_source(state)
    state.run("DROP TABLE dados.vw_preso")

    page = technician.get(_address(load(source))).content.decode()

    assert "não existe mais" in page
    assert "ING-" in page


def test_a_load_of_another_origin_is_absent(admin: Client, state: State) -> None:
    found = load(make_source(state))

    assert admin.get(f"/conectores/PE/cargas/{found.pk}/").status_code == 404


def test_following_a_load_does_not_keep_the_session_open(technician: Client, state: State) -> None:
    found = load(make_source(state))
    session = technician.session
    session["seen_at"] = before = session["seen_at"] - 60
    session.save()

    technician.get(f"{_address(found)}andamento/", headers={"X-Background": "true"})
    assert technician.session["seen_at"] == before
    technician.get(_address(found))
    assert technician.session["seen_at"] > before
