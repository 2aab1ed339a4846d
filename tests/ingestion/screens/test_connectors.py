"""The table of sources and the page of one: states, filters, order, alerts, actions."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from audit.events import Kind
from credentialing.roles import Role
from ingestion import clock
from ingestion.models import (
    Alert,
    AlertKind,
    Breaker,
    BreakerState,
    CertificateKind,
    Load,
    LoadKind,
    LoadStatus,
    Source,
    SourceCertificate,
)
from ingestion.problems import EntryRefused
from ingestion.screens.present.states import State
from ingestion.services import breakers, loads, sources
from registry.models import Halt
from registry.services import origins
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import make_purpose, make_user
from tests.factories.ingestion import BY, load, make_source, make_still_source
from tests.factories.ingestion import State as StateDatabase
from tests.factories.registry import make_origin

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

LIST = "/conectores/"
ONE = "/conectores/AL/"


@pytest.fixture
def loaded(state: StateDatabase) -> Source:
    """A source with one good load of two rows, one of which is in quarantine."""
    state.add("vw_preso", 1)
    state.add("vw_preso", 2, nasc="ontem")
    source = make_source(state)
    load(source)
    return source


def _labels(client: Client, query: str = "") -> list[str]:
    return [row["state"]["label"] for row in client.get(f"{LIST}{query}").context["rows"]]


def _codes(client: Client, query: str = "") -> list[str]:
    return [row["code"] for row in client.get(f"{LIST}{query}").context["rows"]]


def test_without_sources_the_page_says_so(technician: Client) -> None:
    assert "Nenhuma fonte" in technician.get(LIST).content.decode()


def test_a_loaded_source_is_up_to_date_and_tells_its_rows(technician: Client, loaded: Source) -> None:
    [row] = technician.get(LIST).context["rows"]

    assert (row["state"]["label"], row["rows"], row["rejected"]) == ("Em dia", 2, 1)


def test_a_source_that_may_not_load_says_why(technician: Client) -> None:
    make_still_source()

    [row] = technician.get(LIST).context["rows"]

    assert row["state"]["label"] == "Impedida"
    assert "acordo" in row["cause"].lower()


def test_old_data_is_late(technician: Client, loaded: Source) -> None:
    loaded.origin.loaded_at = clock.now() - loaded.origin.fresh_for - timedelta(hours=1)
    loaded.origin.save()

    assert _labels(technician) == ["Atrasada"]


def test_a_paused_source_tells_by_whom_and_why(technician: Client, loaded: Source) -> None:
    sources.set_enabled(source=loaded, enabled=False, by=BY, reason="Troca de servidor no estado")

    assert _labels(technician) == ["Pausada"]
    page = technician.get(ONE).content.decode()
    assert "Troca de servidor no estado" in page
    assert BY.username in page


def test_an_open_breaker_comes_before_the_stopped_load(technician: Client, loaded: Source) -> None:
    Load.objects.update(status=LoadStatus.STOPPED, cause="Sem rota.")
    Breaker.objects.create(
        source=loaded,
        state=BreakerState.OPEN,
        cause="O servidor não respondeu.",
        reference="ING-1",
        opened_at=clock.now(),
    )

    assert _labels(technician) == ["Disjuntor aberto"]
    assert "O servidor não respondeu." in technician.get(ONE).content.decode()


def test_a_stopped_load_shows_cause_and_reference(technician: Client, state: StateDatabase) -> None:
    source = make_source(state)
    state.run("DROP TABLE dados.vw_preso")
    stopped = load(source)

    page = technician.get(ONE).content.decode()

    assert "não existe mais" in page
    assert stopped.reference in page


def test_the_state_and_the_rule_narrow_the_table(admin: Client, loaded: Source) -> None:
    make_still_source("PE", rule=4)

    assert _codes(admin, "?situacao=problema") == ["PE"]
    assert _codes(admin, "?regra=1") == ["AL"]
    assert _codes(admin, "?situacao=inventada") == ["AL", "PE"]
    assert "Nenhuma fonte com esses filtros" in admin.get(f"{LIST}?situacao={State.PAUSED}").content.decode()


@pytest.mark.parametrize(
    ("order", "codes"),
    [("estado", ["AL", "PE"]), ("linhas", ["PE", "AL"]), ("carga", ["PE", "AL"]), ("quarentena", ["PE", "AL"])],
)
def test_the_table_is_sorted_either_way(admin: Client, loaded: Source, order: str, codes: list[str]) -> None:
    make_still_source("PE")

    assert _codes(admin, f"?ordem={order}") == codes
    assert _codes(admin, f"?ordem={order}&sentido=desc") == codes[::-1]


def test_the_summary_counts_every_source_whatever_the_filter(admin: Client, loaded: Source) -> None:
    make_still_source("PE")

    summary = admin.get(f"{LIST}?situacao=pausada").context["summary"]

    assert {figure["label"]: figure["value"] for figure in summary} | {"Fontes": "2", "Exigem ação": "1"} == {
        figure["label"]: figure["value"] for figure in summary
    }


def test_what_ends_soon_is_marked(technician: Client, loaded: Source) -> None:
    SourceCertificate.objects.create(
        source=loaded, kind=CertificateKind.SERVER, name="banco.al", expires_at=clock.now() + timedelta(days=5),
        seen_at=clock.now(),
    )  # fmt: skip

    assert technician.get(LIST).context["rows"][0]["certificate"]["tone"] == "warn"
    assert "banco.al" in technician.get(ONE).content.decode()


def test_alerts_of_the_platform_are_the_administrations(admin: Client, technician: Client, loaded: Source) -> None:
    Alert.objects.create(kind=AlertKind.WORKER, text="Nenhum processo de carga responde.")
    Alert.objects.create(kind=AlertKind.QUARANTINE, source=loaded, text="A quarentena cresceu.")

    assert [alert["text"] for alert in technician.get(LIST).context["alerts"]] == ["A quarentena cresceu."]
    assert len(admin.get(LIST).context["alerts"]) == 2


def test_a_technician_sees_no_figure_of_another_state(technician: Client, loaded: Source) -> None:
    make_still_source("PE")

    context = technician.get(LIST).context

    assert [row["code"] for row in context["rows"]] == ["AL"]
    assert context["summary"][0]["value"] == "1"


def test_the_table_needs_few_queries_whatever_the_number_of_states(
    admin: Client, django_assert_max_num_queries: object
) -> None:
    for code in ("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA"):
        source = make_still_source(code)
        Load.objects.create(source=source, requested_by="teste", status=LoadStatus.FINISHED)

    with django_assert_max_num_queries(25):  # type: ignore[operator]
        admin.get(LIST)


def test_load_now_opens_a_load_and_leads_to_its_log(admin: Client, loaded: Source) -> None:
    response = admin.post(f"{ONE}carregar/")

    started = Load.objects.first()
    assert started is not None
    assert (response.url, started.status) == (f"{ONE}cargas/{started.pk}/", LoadStatus.QUEUED)
    assert recorded(Kind.LOAD_STARTED)[-1].actor == started.requested_by


def test_a_refused_load_says_why(admin: Client) -> None:
    make_still_source()

    page = admin.post(f"{ONE}carregar/", follow=True).content.decode()

    assert not Load.objects.exists()
    assert "message-danger" in page


def test_reconcile_opens_a_comparison_of_keys(admin: Client, loaded: Source) -> None:
    admin.post(f"{ONE}conferir/")

    assert Load.objects.first().kind == LoadKind.RECONCILIATION  # type: ignore[union-attr]


def test_reconcile_during_a_load_says_that_it_must_wait(admin: Client, loaded: Source) -> None:
    running = loads.start(source=loaded, by=BY, enqueued=False)
    Load.objects.filter(pk=running.pk).update(status=LoadStatus.RUNNING, epoch=1)

    assert "quando ela terminar" in admin.post(f"{ONE}conferir/", follow=True).content.decode()


def test_pausing_needs_a_reason_and_is_recorded(admin: Client, loaded: Source) -> None:
    admin.post(f"{ONE}pausar/", {"motivo": ""})
    assert Source.objects.get().enabled

    admin.post(f"{ONE}pausar/", {"motivo": "Manutenção no estado"})

    assert not Source.objects.get().enabled
    assert recorded(Kind.CONFIGURED)[-1].detail["reason"] == "Manutenção no estado"


def test_resuming_lets_it_load_again(admin: Client, loaded: Source) -> None:
    sources.set_enabled(source=loaded, enabled=False, by=BY, reason="x")

    admin.post(f"{ONE}retomar/")

    assert Source.objects.get().enabled


@pytest.mark.parametrize("action", ["carregar", "conferir", "pausar", "retomar"])
def test_a_technician_watches_and_does_not_act(technician: Client, loaded: Source, action: str) -> None:
    assert technician.post(f"{ONE}{action}/").status_code == 403
    assert "Carregar agora" not in technician.get(ONE).content.decode()


def test_actions_refuse_a_form_of_another_site(loaded: Source) -> None:
    client = doors.session(make_user(role=Role.GENERAL_ADMIN))
    client.handler.enforce_csrf_checks = True

    assert client.post(f"{ONE}carregar/").status_code == 403


@pytest.fixture
def asking(state: StateDatabase) -> Load:
    """A load that asks before it removes most of a view."""
    for cod in range(1, 201):
        state.add("vw_preso", cod)
    source = make_source(state)
    load(source)
    state.run("UPDATE dados.vw_preso SET atv = 'N', alt = now() WHERE cod > 20")
    return load(source)


def test_a_load_that_asks_is_answered_from_the_page(admin: Client, asking: Load) -> None:
    page = admin.get(ONE)
    assert _labels(admin) == ["Pede confirmação"]
    [question] = page.context["asking"]
    assert (question["view"], question["removals"]) == ("vw_preso", 180)

    answered = admin.post(question["url"], {"visao": "vw_preso", "resposta": "aprovar"}, follow=True)

    assert "aprovadas" in answered.content.decode()
    assert recorded(Kind.REMOVALS_ANSWERED)[0].detail["answer"] == "approved"


def test_an_answer_nobody_asked_for_changes_nothing(admin: Client, loaded: Source) -> None:
    found = Load.objects.get()

    answered = admin.post(
        f"{ONE}cargas/{found.pk}/exclusoes/", {"visao": "vw_preso", "resposta": "aprovar"}, follow=True
    )

    assert "não espera resposta" in answered.content.decode()


def test_the_history_has_the_loads_of_every_source_of_the_origin(technician: Client, loaded: Source) -> None:
    Source.objects.update(enabled=False)
    make_still_source("AL")

    assert technician.get(ONE).context["total"] == 1


def test_times_are_told_on_the_platforms_clock(technician: Client, loaded: Source) -> None:
    origin = make_origin("AL")
    origin.loaded_at = datetime(2026, 1, 2, 15, 0, tzinfo=UTC)
    origin.save()

    assert technician.get(LIST).context["rows"][0]["loaded"] == "02/01/2026 12:00"


def test_whoever_consults_is_told_of_a_pause(admin: Client, loaded: Source) -> None:
    admin.post(f"{ONE}pausar/", {"motivo": "Manutenção no estado"})
    agent = make_user()

    page = doors.session(agent, make_purpose(agent)).get("/busca/").content.decode()

    assert "· pausada" in page


def test_whoever_consults_is_told_of_an_open_breaker_until_a_load_ends(state: StateDatabase, loaded: Source) -> None:
    breakers.after_stop(Load.objects.get(), EntryRefused("Senha recusada."), "ING-1")
    loaded.origin.refresh_from_db()
    assert loaded.origin.halt == Halt.STOPPED

    load(loaded)

    loaded.origin.refresh_from_db()
    assert loaded.origin.halt == Halt.NONE


def test_an_interruption_does_not_hide_a_pause(loaded: Source) -> None:
    sources.set_enabled(source=loaded, enabled=False, by=BY, reason="x")

    origins.tell_halt(loaded.origin_id, Halt.STOPPED)

    loaded.origin.refresh_from_db()
    assert loaded.origin.halt == Halt.PAUSED
