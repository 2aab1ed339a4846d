"""Prometheus comes in by its own token, and finds counts only."""

import re
from http import HTTPStatus
from pathlib import Path

import pytest
import yaml
from django.test import Client, override_settings

from ingestion import lanes
from ingestion.metrics import exposition
from ingestion.services import heartbeats, loads
from ingestion.tasks import start_due_loads
from tests.factories.ingestion import State, load, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

TOKEN = "um token de teste"


def ask(authorization: str) -> tuple[int, str]:
    response = Client(headers={"Authorization": authorization}).get("/metrics")
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("authorization", ["", "Bearer outro", TOKEN, f"bearer {TOKEN}", "Bearer ação"])
@override_settings(METRICS_TOKEN=TOKEN)
def test_without_the_token_nothing_is_told(authorization: str) -> None:
    assert ask(authorization) == (HTTPStatus.FORBIDDEN, "")


@override_settings(METRICS_TOKEN="")
def test_where_no_token_is_set_there_are_no_metrics() -> None:
    assert ask("Bearer ")[0] == HTTPStatus.NOT_FOUND


@override_settings(METRICS_TOKEN=TOKEN)
def test_a_sources_loads_are_counted(state: State) -> None:
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, nasc="ontem")
    load(make_source(state))

    status, told = ask(f"Bearer {TOKEN}")

    assert status == HTTPStatus.OK
    for line in (
        'senappen_ingestion_loads{origin="AL",status="finished"} 1.0',
        'senappen_ingestion_rows_total{origin="AL",outcome="read"} 2.0',
        'senappen_ingestion_rows_total{origin="AL",outcome="rejected"} 1.0',
        'senappen_ingestion_quarantine_open{origin="AL"} 1.0',
        'senappen_ingestion_breaker_state{origin="AL"} 0.0',
        'senappen_ingestion_fresh{origin="AL"} 1.0',
    ):
        assert line in told
    assert "INVENTAD" not in told


@override_settings(METRICS_TOKEN=TOKEN)
def test_an_open_breaker_and_the_clock_are_told(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loads, "enqueue", lambda _: None)
    state.run("DROP TABLE dados.vw_preso")
    load(make_source(state))
    start_due_loads()

    told = ask(f"Bearer {TOKEN}")[1]

    assert 'senappen_ingestion_breaker_state{origin="AL"} 2.0' in told
    assert f'senappen_ingestion_heartbeat_age_seconds{{process="{heartbeats.CLOCK}"}}' in told
    assert f'senappen_ingestion_queue_length{{queue="{lanes.LONG}"}}' in told


def test_the_example_alert_rules_ask_for_metrics_that_exist() -> None:
    rules = (Path(__file__).parents[2] / "docs/operacao/prometheus/alertas.yml").read_text()
    asked = set(re.findall(r"senappen_ingestion_\w+", str(yaml.safe_load(rules))))
    told = set(re.findall(r"^# TYPE (\w+)", exposition().decode(), flags=re.MULTILINE))

    assert asked
    assert asked - told == set()
