"""The situation in words."""

from typing import Any

from django.urls import reverse

from consulta.wording import chip, place
from registry.selectors.people.doubts import Contradiction, Doubt
from registry.selectors.people.situation import Place, Situation, State, Step
from registry.selectors.people.subject import Subject
from senappen.lib.wording import day, lasting, moment

# State → tone and icon of its tag.
TONES: dict[State, tuple[str, str]] = {
    State.CUSTODY: ("ok", "lock"),
    State.TRANSIT: ("info", "map-marker-alt"),
    State.TRANSFERRED: ("warn", "map-marker-alt"),
    State.RELEASED: ("outline", ""),
    State.FUGITIVE: ("danger", "exclamation-triangle"),
    State.DEAD: ("neutral", ""),
    State.CONFLICT: ("danger", "exclamation-triangle"),
    State.UNKNOWN: ("outline", ""),
    State.NEVER: ("outline", ""),
}

WORDS: dict[State, str] = {
    State.CUSTODY: "Sob custódia",
    State.TRANSIT: "Fora da unidade",
    State.TRANSFERRED: "Transferido, sem entrada informada",
    State.RELEASED: "Em liberdade",
    State.FUGITIVE: "Foragido",
    State.DEAD: "Óbito",
    State.CONFLICT: "Situação em conflito",
    State.UNKNOWN: "Sem custódia informada",
    State.NEVER: "Nunca foi registrado como preso",
}

# Doubt → tone, title and sentence; `{origins}` and `{since}` are filled in.
DOUBTS: dict[Doubt, tuple[str, str, str]] = {
    Doubt.TWO_STATES: (
        "danger",
        "Custódia em dois estados ao mesmo tempo.",
        "{origins} informam a pessoa presa agora. Pode ser transferência não lançada ou registro de outra pessoa.",
    ),
    Doubt.TWO_UNITS: (
        "warn",
        "Custódia em duas unidades ao mesmo tempo.",
        "{origins} mantém em aberto custódias em unidades diferentes.",
    ),
    Doubt.HELD_AFTER_DEATH: (
        "danger",
        "Óbito informado com custódia em aberto.",
        "{origins} mantém a custódia em aberto depois do óbito.",
    ),
    Doubt.HELD_AFTER_ESCAPE: (
        "warn",
        "Fuga informada com custódia em aberto.",
        "{origins} lançou fuga, evasão ou abandono e não encerrou a custódia.",
    ),
    Doubt.HELD_AFTER_RELEASE: (
        "warn",
        "Saída informada com custódia em aberto.",
        "{origins} lançou uma saída em {since} e não encerrou a custódia.",
    ),
    Doubt.ESCAPED_ELSEWHERE: (
        "warn",
        "Fuga sem desfecho em outro estado.",
        "{origins} informa fuga, evasão ou abandono em {since} e nenhum retorno depois.",
    ),
}


def contradiction(doubt: Contradiction) -> str:
    """The sentence of a doubt."""
    return DOUBTS[doubt.doubt][2].format(origins=" e ".join(doubt.origins), since=day(doubt.since))


def headline(situation: Situation) -> str:
    """The situation in a few words, for the tag."""
    words = WORDS[situation.state]
    if situation.state == State.CUSTODY:
        held = situation.places[0]
        home = held.unit.modality.code not in ("", "CELA_FISICA")
        return " · ".join((words, str(held.unit.modality if home else held.regime)))
    if situation.state == State.TRANSIT and situation.step:
        return f"{words} · {situation.step.kind}"
    if situation.state == State.DEAD:
        return f"{words} {day(situation.died_on)}"
    return words


def situation_card(situation: Situation, subject: Subject) -> dict[str, Any]:
    """What `_situation.html` prints."""
    held = situation.places[0] if situation.places else None
    source = held.source if held else situation.step.source if situation.step else None
    return {
        "headline": headline(situation),
        "places": [_place(each, subject) for each in situation.places],
        "step": _step(situation.step, situation.state) if situation.step else [],
        "source": chip(source, subject.now) if source else None,
        "doubts": [contradiction(doubt) for doubt in situation.contradictions],
    }


def _place(held: Place, subject: Subject) -> dict[str, Any]:
    return {
        "source": chip(held.source, subject.now),
        "items": [
            _item("Estabelecimento", held.unit.name, url=reverse("consulta:unit", args=[held.unit.public_id])),
            _item("Local", place(held.wing, held.cell)),
            _item("Na unidade desde", day(held.since), f"({lasting(held.days)})"),
            _item("Regime", str(held.regime), "RDD" if held.rdd else ""),
            _item("Situação", str(held.situation), str(held.justice)),
            _item("Modalidade", str(held.unit.modality), "monitoração eletrônica" if held.monitored else ""),
            _item("Prisão", day(held.arrested_on)),
            *([_item("Comportamento", str(held.behaviour))] if held.behaviour else []),
            *([_item("Grupo ou facção", held.faction, "inteligência")] if held.faction else []),
        ],
    }


def _step(step: Step, state: State) -> list[dict[str, str]]:
    """The last movement, worth saying when it explains why the person is not in the cell."""
    if state in (State.CUSTODY, State.CONFLICT):
        return []
    items = [_item("Última movimentação", str(step.kind), moment(step.at))]
    if step.unit:
        url = reverse("consulta:unit", args=[step.unit.public_id])
        items.append(_item("Última unidade", step.unit.name, url=url))
    if step.other_uf:
        items.append(_item("Outra UF", step.other_uf))
    if state == State.TRANSIT:
        items.append(_item("Retorno previsto", moment(step.expected_return_at), "em atraso" if step.overdue else ""))
    return items


def _item(label: str, value: str, detail: str = "", *, url: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "detail": detail, "url": url}
