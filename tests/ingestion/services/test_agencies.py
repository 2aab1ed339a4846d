"""A suspended agency's sources load nothing, lose nothing, and go on where they stood once it is open again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from credentialing.adhesion import expiry, standing
from credentialing.models import Agency
from ingestion import health
from ingestion.models import Agreement, Load, LoadStatus, Source
from ingestion.pipeline.run import run
from ingestion.pipeline.work import take
from ingestion.problems import LostLoad
from ingestion.services import agreements, loads
from ingestion.services.refusals import LoadRefused
from ingestion.tasks import load_source, start_due_loads
from tests.factories.credentialing import make_agency
from tests.factories.ingestion import BY, State, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])
WHY = "Uso indevido da chave do órgão, sob apuração."


def make_party(state: State) -> tuple[Source, Agency]:
    """A source whose agreement is with an agency of ours."""
    source, agency = make_source(state), make_agency()
    Agreement.objects.update(agency=agency)
    return source, agency


def test_a_suspension_takes_the_running_load_at_its_next_batch_and_refuses_another(state: State) -> None:
    source, agency = make_party(state)
    work = take(loads.start(source=source, by=BY, enqueued=False))

    standing.suspend(agency=agency, reason=WHY, by=BY)

    with pytest.raises(LostLoad), work.transaction():
        pass
    assert Load.objects.get().status == LoadStatus.STOPPED
    with pytest.raises(LoadRefused, match="O órgão PP-AL está suspenso"):
        loads.start(source=source, by=BY)
    assert "está suspenso" in health.of([source])[0].refusal


def test_a_worker_that_takes_the_load_just_after_the_suspension_does_not_begin(state: State) -> None:
    state.add("vw_unidade", 1)
    source, agency = make_party(state)
    load = loads.start(source=source, by=BY, enqueued=False)
    standing.suspend(agency=agency, reason=WHY, by=BY)
    assert run(load) == LoadStatus.STOPPED
    assert Load.objects.get().views.exclude(read_count=0).count() == 0


def test_once_lifted_the_load_goes_on_with_the_credentials_it_had(state: State) -> None:
    state.add("vw_unidade", 1)
    source, agency = make_party(state)
    loads.start(source=source, by=BY, enqueued=False)
    standing.suspend(agency=agency, reason=WHY, by=BY)
    load_source(source.pk)
    assert Load.objects.get().status == LoadStatus.STOPPED

    standing.lift(agency=agency, reason="Apuração concluída.", by=BY)
    load_source(source.pk)

    assert Load.objects.get().status == LoadStatus.FINISHED


def test_past_the_term_of_adhesion_nothing_is_loaded_and_what_runs_is_stopped(state: State) -> None:
    source, _ = make_party(state)
    load = loads.start(source=source, by=BY, enqueued=False)
    Agency.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "A adesão do órgão PP-AL venceu" in agreements.refusal(source.origin, timezone.now())
    expiry.look(now=timezone.now(), by=BY)
    load.refresh_from_db()
    assert load.status == LoadStatus.STOPPED
    start_due_loads()
    assert Load.objects.count() == 1


def test_another_agencys_sources_go_on(state: State) -> None:
    source, _ = make_party(state)
    standing.suspend(agency=make_agency("PP-SE"), reason=WHY, by=BY)
    assert loads.start(source=source, by=BY, enqueued=False).status == LoadStatus.QUEUED
