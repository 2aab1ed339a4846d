"""The whole base linked anew: nobody moves unseen, and what was shown is what happens."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from audit.events import Kind, system
from registry.matching.model import Model
from registry.models import Judgement, MatchingModel, PendingRecord, Record, Relink, RelinkChange, Verdict
from registry.services import matching, resolution
from registry.services.resolution import adopting, relinking
from tests.events import recorded
from tests.registry.matching.people import invent
from tests.registry.matching.test_load_linking import HUMAN, arrive, held, national, persons, settle

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = system("test")


@pytest.fixture
def ruled(adopted: str) -> list[Record]:
    """A base that the two exact rules judged, and a model that is kept."""
    MatchingModel.objects.update(adopted=False)
    records = arrive(invent(60)[0])
    settle(*records)
    assert Judgement.objects.filter(judge__startswith="rule:").exists()
    return records


def version() -> str:
    return MatchingModel.objects.get().version


def test_dry_run_moves_nobody_and_adoption_does_exactly_what_it_showed(
    ruled: list[Record], model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.services.resolution.adopting.BATCH", 4)
    before = held(), persons()
    relink = relinking.dry_run(version=version(), by=BY)
    assert (held(), persons()) == before
    assert adopting.adopt(relink, by=BY) == relink.figures["judgements"] == RelinkChange.objects.count()
    assert (held(), persons()) == national(model)
    moved = sum(before[1][pk] != person for pk, person in persons().items())
    assert moved == relink.figures["moved_records"] > 0
    assert matching.adopted() == version()
    actions = [event.action for event in recorded(Kind.CONFIGURED) if event.action.startswith("matching.")]
    assert (actions[0], actions[-1]) == ("matching.relink", "matching.relink_adopt")
    assert not PendingRecord.objects.exists()


def test_dry_run_of_the_model_in_use_finds_nothing_to_change(adopted: str) -> None:
    records = arrive(invent(60)[0])
    for start in range(0, len(records), 9):
        settle(*records[start : start + 9])
    made = relinking.dry_run(version=version(), by=BY)
    assert (made.figures["judgements"], made.figures["moved_records"]) == (0, 0)


def test_humans_are_honoured(ruled: list[Record], model: Model) -> None:
    pair = next((e[0], e[1]) for e in sorted(national(model)[0]) if e[2] == Verdict.SAME)
    a, b = Record.objects.filter(pk__in=pair).order_by("pk")
    resolution.judge(a=a, b=b, verdict=Verdict.DIFFERENT, by=HUMAN)
    adopting.adopt(relinking.dry_run(version=version(), by=BY), by=BY)
    assert persons()[a.pk] != persons()[b.pk]


def test_changed_pair_stops_the_adoption_before_anything_happens(ruled: list[Record]) -> None:
    relink = relinking.dry_run(version=version(), by=BY)
    change = RelinkChange.objects.filter(verdict=Verdict.SAME).first()
    assert change is not None
    record = Record.objects.get(pk=change.a_id)
    Record.objects.filter(pk=record.pk).update(name="BRUNA QUEIROZ XAVIER")
    settle(record)
    before = held(), persons()
    with pytest.raises(CommandError, match="dry-run"):
        call_command("relink", adopt=relink.pk)
    assert (held(), persons()) == before
    assert matching.adopted() is None


def test_record_that_came_since_is_linked_by_the_next_settling(ruled: list[Record], adopted: str) -> None:
    relink = relinking.dry_run(version=version(), by=BY)
    [late] = arrive(invent(1)[0][:1])
    settle(late)
    adopting.adopt(relink, by=BY)
    assert list(PendingRecord.objects.values_list("record", flat=True)) == [late.pk]
    resolution.settle(by=BY)
    assert persons()[late.pk] == ruled[0].pk
    assert set(Judgement.objects.standing().values_list("judge", flat=True)) == {adopted}


def test_loads_wait_while_differences_are_applied_and_a_kill_resumes(
    ruled: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    relink = relinking.dry_run(version=version(), by=BY)
    with monkeypatch.context() as patch:
        patch.setattr(adopting, "_end", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            adopting.adopt(relink, by=BY)
    assert settle(ruled[0]).records == 0
    assert adopting.adopt(relink, by=BY) == 0
    assert settle(ruled[0]).records == 1


def test_model_is_not_put_in_use_over_others_judgements(ruled: list[Record]) -> None:
    with pytest.raises(CommandError, match="relink --dry-run"):
        call_command("matching_model", "adopt", version())


def test_commands_show_and_adopt_once(ruled: list[Record], model: Model) -> None:
    told = StringIO()
    call_command("relink", dry_run=True, model=version(), stdout=told)
    shown: dict[str, Any] = json.loads(told.getvalue())
    assert shown["joins"] > 0
    assert shown["moved"][0]["uf"] == "AL"
    call_command("relink", adopt=shown["relink"], stdout=StringIO())
    with pytest.raises(CommandError, match="já foi adotada"):
        call_command("relink", adopt=shown["relink"])
    assert Relink.objects.get().adopted_at
