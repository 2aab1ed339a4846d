"""What may be wrong with a value that was accepted: closed codes, and where each is looked for.

A condition is SQL over one row: `t` is a row of the view's table and, in the views of people, `r` its row in
`registry_record`. What needs other rows is in `across`.
"""

from enum import StrEnum
from typing import Final, NamedTuple


class Fault(StrEnum):
    """What is wrong with a value, by itself or beside others."""

    UNREADABLE = "unreadable"
    BIRTH = "birth"
    FUTURE = "future"
    ENDS_BEFORE = "ends_before"
    REGISTERED_BEFORE = "registered_before"
    AGAINST_SEX = "against_sex"
    TWO_OPEN = "two_open"
    AFTER_RELEASE = "after_release"
    AFTER_DEATH = "after_death"
    SHARED_CPF = "shared_cpf"
    DIVERGES = "diverges"


class Check(NamedTuple):
    """A fault that a row shows by itself."""

    field: str
    fault: Fault
    condition: str


# A clock or a time zone may be off by this much without the state being wrong.
SLACK: Final = "interval '1 day'"


def _birth(youngest: int) -> Check:
    """Born in the future, too young for the capacity, or 120 years ago."""
    young, old = f"current_date - interval '{youngest} years'", "current_date - interval '120 years'"
    return Check("dt_nascimento", Fault.BIRTH, f"r.birth_date > {young} OR r.birth_date < {old}")


def _order(field: str, begin: str, end: str) -> Check:
    return Check(field, Fault.ENDS_BEFORE, f"t.{end} < t.{begin}")


def _future(field: str, column: str) -> Check:
    return Check(field, Fault.FUTURE, f"t.{column} > now() + {SLACK}")


def _unreadable(field: str, raw: str, normal: str) -> Check:
    return Check(field, Fault.UNREADABLE, f"{raw} <> '' AND {normal} = ''")


# Prison is for adults (CF art. 228): a prisoner under 18 is a wrong date, or one that must not be there.
CHECKS: Final[dict[str, tuple[Check, ...]]] = {
    "vw_preso": (
        _birth(18),
        _unreadable("prontuario", "t.registration", "t.registration_norm"),
        Check("gestante", Fault.AGAINST_SEX, "r.sex = 'M' AND t.pregnant"),
        Check("lactante", Fault.AGAINST_SEX, "r.sex = 'M' AND t.lactating"),
        Check("dt_obito", Fault.ENDS_BEFORE, "t.died_on < r.birth_date"),
        _future("dt_obito", "died_on"),
    ),
    "vw_preso_documento": (
        _unreadable("numero", "t.raw", "t.number"),
        _future("dt_emissao", "issued_on"),
    ),
    "vw_visitante": (_birth(0), _unreadable("rg", "t.rg", "t.rg_norm")),
    "vw_advogado": (_birth(18),),
    "vw_custodia": (
        _order("dt_saida", "started_at", "ended_at"),
        _future("dt_inclusao", "started_at"),
        _future("dt_prisao", "arrested_on"),
    ),
    "vw_processo": (
        _unreadable("npu", "t.npu_raw", "t.npu"),
        _order("dt_transito", "sentenced_on", "final_on"),
        _future("dt_sentenca", "sentenced_on"),
    ),
    "vw_tipificacao": (_future("dt_fato", "committed_on"),),
    "vw_movimentacao": (
        Check("dt_registro", Fault.REGISTERED_BEFORE, f"t.registered_at < t.occurred_at - {SLACK}"),
        _future("dt_evento", "occurred_at"),
    ),
    "vw_advogado_preso": (_order("dt_fim", "since", "until"),),
    "vw_atendimento_advogado": (_order("dt_saida", "entered_at", "left_at"), _future("dt_entrada", "entered_at")),
    "vw_visitante_preso": (_order("dt_validade", "since", "valid_until"),),
    "vw_visita": (_order("dt_saida", "entered_at", "left_at"), _future("dt_entrada", "entered_at")),
    "vw_trabalho_estudo": (_order("dt_fim", "since", "until"),),
    "vw_falta_disciplinar": (_future("dt_fato", "occurred_on"),),
}
