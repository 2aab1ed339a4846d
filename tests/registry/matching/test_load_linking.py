"""Records that arrive are linked by the adopted model: with the score of a national run, whatever came first."""

import json
import re
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.events import Actor, Channel, system
from registry.matching import linking
from registry.matching.decisions import Thresholds, resolve
from registry.matching.model import Model
from registry.matching.subjects import Source, subjects
from registry.models import Judgement, MatchingModel, MatchSubject, PendingRecord, Record, Review, Verdict
from registry.services import matching, resolution
from tests.factories import registry as make
from tests.registry.matching.people import invent

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = system("test")
HUMAN = Actor(username="revisora", channel=Channel.PAGE)


def arrive(sources: Iterable[Source]) -> list[Record]:
    return [
        make.make_prisoner(
            name=one.name, mother_name=one.mother, father_name=one.father, birth_date=one.birth, sex=one.sex,
            cpf=one.cpf, birthplace=one.birthplace, name_norm="", mother_norm="",
        )
        for one in sources
    ]  # fmt: skip


def dumps(reasons: object) -> str:
    return json.dumps(reasons, sort_keys=True)


def settle(*records: Record) -> resolution.Settled:
    for record in records:
        PendingRecord.objects.get_or_create(record_id=record.pk)
    return resolution.settle(by=BY)


def held() -> set[tuple[Any, ...]]:
    rows = Judgement.objects.standing().values_list("a", "b", "verdict", "score", "vetoes", "reasons")
    return {(a, b, verdict, score, tuple(vetoes), dumps(reasons)) for a, b, verdict, score, vetoes, reasons in rows}


def persons() -> dict[int, int]:
    homes = dict(Record.objects.values_list("home", "pk"))
    return {pk: homes[person] for pk, person in Record.objects.values_list("pk", "person")}


def national(model: Model) -> tuple[set[tuple[Any, ...]], dict[int, int]]:
    """What one run on the whole base holds, by the pure code that is measured."""
    at = matching.thresholds()
    edges = linking.link(model, subjects(matching.sources()), at.review)
    found = {
        (
            e.a, e.b, Verdict.SAME if e.score >= at.join and not e.vetoes else Verdict.UNSURE,
            e.score, e.vetoes, dumps(e.reasons),
        )
        for e in edges
    }  # fmt: skip
    leads = resolve(edges, at).leads
    return found, {pk: leads.get(pk, pk) for pk in Record.objects.values_list("pk", flat=True)}


def test_records_that_come_bit_by_bit_are_linked_as_by_one_national_run(
    model: Model, adopted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.matching.blocking._FEW", 1000)
    records = arrive(invent(60, 2)[0])
    rng = Random(2)
    rng.shuffle(records)
    while records:
        cut = rng.randrange(1, 40)
        settle(*records[:cut])
        records = records[cut:]
    judged, grouped = national(model)
    assert len(judged) > 15
    assert held() ^ judged == set()
    assert persons() == grouped
    assert {one.judge for one in Judgement.objects.all()} == {adopted}


def test_record_whose_form_did_not_change_is_not_linked_again(adopted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    records = arrive(invent(6)[0])
    settle(*records)
    before = list(Judgement.objects.values_list("pk", flat=True))
    Record.objects.update(address="RUA DE TESTE, 1")
    for started in ("warm", "score"):
        monkeypatch.setattr(matching.Scorer, started, lambda *_: 1 / 0)
    assert settle(*records).records == len(records)
    assert list(Judgement.objects.values_list("pk", flat=True)) == before


def test_form_is_written_once_as_linked_by_the_model_in_use(adopted: str) -> None:
    records = arrive(invent(6)[0])
    with CaptureQueriesContext(connection) as asked:
        settle(*records)
    words = re.compile("(INSERT INTO|UPDATE) registry_matchsubject")
    written = [query for query in asked if words.search(str(query["sql"]))]
    assert len(written) == 1
    assert set(MatchSubject.objects.values_list("model", flat=True)) == {adopted.removeprefix("model:")}


def test_form_that_another_model_linked_is_linked_again_and_has_not_changed(adopted: str) -> None:
    a, b = two()
    settle(a, b)
    before = list(MatchSubject.objects.order_by("pk").values_list("pk", "model", "changed_at"))
    judged = held()
    Judgement.objects.all().delete()
    MatchSubject.objects.update(model="another")
    settle(a, b)
    assert held() == judged != set()
    assert list(MatchSubject.objects.order_by("pk").values_list("pk", "model", "changed_at")) == before


def two(**changed: Any) -> tuple[Record, Record]:
    source = Source(0, "JOSE CARLOS TESTE SILVA", "MARIA TESTE", "PEDRO SILVA", cpf="12345678909", sex="M")
    source = source._replace(birth=invent(1)[0][0].birth)
    return tuple(arrive([source, source._replace(**changed)]))  # type: ignore[return-value]


def joined(a: Record, b: Record) -> bool:
    return persons()[a.pk] == persons()[b.pk]


def test_vetoed_pair_is_kept_apart_and_waits_for_a_human(adopted: str) -> None:
    a, b = two(sex="F")
    settle(a, b)
    assert not joined(a, b)
    judgement = Judgement.objects.get()
    assert (judgement.verdict, judgement.vetoes) == (Verdict.UNSURE, ["sex"])
    assert Review.objects.open().get().vetoes == ["sex"]


def test_corrected_record_leaves_its_person(adopted: str) -> None:
    a, b = two()
    settle(a, b)
    assert joined(a, b)
    Record.objects.filter(pk=b.pk).update(sex="F")
    settle(b)
    assert not joined(a, b)
    Record.objects.filter(pk=b.pk).update(name="BRUNA QUEIROZ XAVIER", mother_name="", father_name="", cpf="")
    settle(b)
    assert not Judgement.objects.standing().exists()
    assert not Review.objects.open().exists()


@pytest.mark.parametrize(("keep", "stays"), [(-5, True), (None, False)])
def test_joined_pair_stays_joined_down_to_keep(adopted: str, settings: Any, keep: float | None, stays: bool) -> None:
    a, b = two(cpf="")
    settings.MATCHING_REVIEW = settings.MATCHING_KEEP = -5
    settle(a, b)
    assert joined(a, b)
    score = Judgement.objects.get().score or 0
    Record.objects.filter(pk=b.pk).update(father_name="")
    settings.MATCHING_JOIN = score + 100
    settings.MATCHING_KEEP = score + 100 if keep is None else keep
    settle(b)
    assert joined(a, b) is stays


def test_pair_that_a_human_took_back_is_for_humans_only(adopted: str) -> None:
    a, b = two()
    settle(a, b)
    resolution.revoke(judgement=Judgement.objects.get(), by=HUMAN, note="Filho do mesmo nome.")
    assert not joined(a, b)
    Record.objects.filter(pk=b.pk).update(father_name="")
    settle(b)
    assert not joined(a, b)
    assert Review.objects.open().get().cause == "score"


def test_model_takes_over_what_the_rules_judged_of_a_changed_record(adopted: str) -> None:
    MatchingModel.objects.update(adopted=False)
    a, b = two()
    settle(a, b)
    rule = Judgement.objects.get()
    MatchingModel.objects.update(adopted=True)
    settle(a)
    rule.refresh_from_db()
    assert rule.revoked_by == adopted
    assert Judgement.objects.standing().get().judge == adopted


def test_key_of_a_crowd_finds_nobody(adopted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.services.matching.candidates.most", lambda _: 1)
    a, b = two()
    settle(a, b)
    assert not Judgement.objects.exists()


def test_scoring_that_dies_stops_the_batch_and_nothing_is_lost(
    adopted: str, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.services.resolution.settling.Scorer", matching.Scorer)
    monkeypatch.setattr("registry.services.matching.scorer.sys.executable", "/bin/false")
    a, b = two()
    with pytest.raises(matching.ScoringFailed):
        settle(a, b)
    assert PendingRecord.objects.count() == 2
    assert not MatchSubject.objects.exists()


def test_thresholds_come_from_the_settings(settings: Any) -> None:
    settings.MATCHING_JOIN, settings.MATCHING_KEEP, settings.MATCHING_REVIEW = 12, 6, 1
    assert matching.thresholds() == Thresholds(join=12, keep=6, review=1)
