"""Signs in whom an account opened: who knows the agent, whom everybody looks at, who is hidden, planted records."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from audit.events import Kind
from oversight.signs.acts import TEAM, Act, Usage
from oversight.signs.sign import TALKED_OF, Seen, Sign, Surroundings, seen, times

HOT, SUDDEN = 10, 3.0  # accounts that opened one person, and so many times the usual number
HOT_NATION, HOT_AGENCIES = 15, 3  # accounts, of so many agencies
UNANSWERED, EMPTY_OPENINGS = 5, 2


def _linked(usage: Usage, around: Surroundings) -> Seen | None:
    hits = [act for act in usage.opened if act.subjects[0] in usage.portrait.linked]
    words = "Abriu a ficha de quem tem como visitante ou advogado alguém com o nome completo do agente"
    return seen(f"{words} {times(hits)}.", hits) if hits else None


def _neighbour(usage: Usage, around: Surroundings) -> Seen | None:
    hits = [act for act in usage.opened if act.subjects[0] in usage.portrait.neighbours]
    words = "Abriu a ficha de quem mora, ou tem visitante que mora, no endereço do agente"
    return seen(f"{words} {times(hits)}.", hits) if hits else None


def _hot(usage: Usage, around: Surroundings) -> Seen | None:
    # Whom many open every week is somebody of the house; whom many open all of a sudden is talked about.
    looked = [act for act in usage.opened if act.explained in TALKED_OF and not _is_target(act, around)]
    house = [act for act in looked if _is_sudden(act.subjects[0], HOT, around.openers, around.usual)]
    country = [act for act in looked if _is_sudden(act.subjects[0], HOT_NATION, around.nation, around.usual_nation)]
    if not house and not country:
        return None
    hits = house or country
    people, openers = {act.subjects[0] for act in hits}, around.openers if house else around.nation
    most, where = max(openers[person] for person in people), "do órgão" if house else "de vários órgãos"
    words = f"Abriu {len(people)} pessoa(s) que até {most} contas {where} abriram no período sem que nada explique."
    return seen(words, hits)


def _is_target(act: Act, around: Surroundings) -> bool:
    """True if an operation opened the person, and most who did were of it: one that hides under it is not."""
    person = act.subjects[0]
    return act.explained == TEAM and 2 * around.team.get(person, 0) > around.openers.get(person, 0)


def _is_sudden(person: UUID, least: int, openers: Mapping[UUID, int], usual: Mapping[UUID, float]) -> bool:
    many = openers.get(person, 0)
    return many >= least and many >= SUDDEN * usual.get(person, 0.0)


def _probing(usage: Usage, around: Surroundings) -> Seen | None:
    """Trying what is hidden: exceptional access that found nobody, profiles asked for and never shown."""
    empty = [act for act in usage.acts if act.kind is Kind.EXCEPTIONAL_OPENED and not act.subjects]
    answered = {act.intent for act in usage.answers}
    refused = [act for act in usage.requests if act.action == "profile" and act.event not in answered]
    if len(empty) < EMPTY_OPENINGS and len(refused) < UNANSWERED:
        return None
    words = f"Tentou {len(refused)} fichas que não pôde ver e {len(empty)} acessos excepcionais que nada abriram."
    return seen(words, _in_order([*empty, *refused]))


def _canary(usage: Usage, around: Surroundings) -> Seen | None:
    hits = [act for act in usage.answers if act.action != "search" and set(act.subjects[:1]) & around.canaries]
    return seen(f"Abriu um registro-isca {times(hits)}.", hits) if hits else None


def _in_order(acts: Iterable[Act]) -> list[Act]:
    return sorted(acts, key=lambda act: act.event)


SIGNS: tuple[Sign, ...] = (
    Sign("canary", 10, "Registro-isca aberto", _canary),
    Sign("linked", 5, "Ligação com o agente", _linked),
    Sign("neighbour", 4, "Mesmo endereço", _neighbour),
    Sign("probing", 4, "Tentativa de ver o que é sigiloso", _probing),
    Sign("hot", 2, "Pessoa muito aberta", _hot),
)
