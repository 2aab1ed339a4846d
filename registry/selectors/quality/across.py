"""Faults that only show beside other rows: of the same prisoner, of the same person, or of another state.

Each statement gives one row of counts, in the order of its `finds`; `{origin}` stands for the origin's id.
"""

from typing import Final, NamedTuple

from registry.selectors.quality.faults import SLACK, Fault


class Across(NamedTuple):
    """A statement, and the field and fault of each of its counts."""

    finds: tuple[tuple[str, Fault], ...]
    statement: str


_TWO_OPEN: Final = """
SELECT coalesce(sum(held.periods), 0)::bigint FROM (
    SELECT count(*) AS periods FROM registry_custody
    WHERE origin_id = {origin} AND removed_at IS NULL AND ended_at IS NULL GROUP BY prisoner_id HAVING count(*) > 1
) held
"""
# Somebody without any period of custody in the origin may have been there before its system began.
_AFTER_RELEASE: Final = """
SELECT count(*) FROM registry_visit t JOIN (
    SELECT prisoner_id, max(coalesce(ended_at, 'infinity')) AS free_at FROM registry_custody
    WHERE origin_id = {origin} AND removed_at IS NULL GROUP BY prisoner_id
) held USING (prisoner_id)
WHERE t.origin_id = {origin} AND t.removed_at IS NULL AND t.entered_at > held.free_at + {slack}
"""
_AFTER_DEATH: Final = """
SELECT count(*) FROM registry_movement t JOIN registry_prisoner p ON p.record_ptr_id = t.prisoner_id
WHERE t.origin_id = {origin} AND t.removed_at IS NULL AND t.kind <> 'OBITO'
    AND t.occurred_at > p.died_on + 1 + {slack}
"""
# Every CPF that stands, with the person it stands for.
_CPFS: Final = """
SELECT cpf AS number, person_id FROM registry_record WHERE cpf <> '' AND removed_at IS NULL
UNION ALL
SELECT d.number, o.person_id FROM registry_recorddocument d JOIN registry_record o ON o.id = d.record_id
WHERE d.kind = 'CPF' AND d.number <> '' AND d.removed_at IS NULL AND o.removed_at IS NULL
"""
_SHARED_BY_RECORDS: Final = """
SELECT count(DISTINCT r.id) FROM registry_record r JOIN ({cpfs}) o ON o.number = r.cpf AND o.person_id <> r.person_id
WHERE r.origin_id = {origin} AND r.kind = {kind} AND r.cpf <> '' AND r.removed_at IS NULL
"""
_SHARED_BY_DOCUMENTS: Final = """
SELECT count(DISTINCT d.id) FROM registry_recorddocument d JOIN registry_record r ON r.id = d.record_id
JOIN ({cpfs}) o ON o.number = d.number AND o.person_id <> r.person_id
WHERE d.origin_id = {origin} AND d.kind = 'CPF' AND d.number <> '' AND d.removed_at IS NULL
"""
# Texts differ only where both are written; dates and letters, where both are known.
_DIVERGING: Final = """
SELECT count(DISTINCT r.id) FILTER (WHERE o.birth_date <> r.birth_date),
    count(DISTINCT r.id) FILTER (WHERE o.mother_norm <> r.mother_norm AND o.mother_norm <> '' AND r.mother_norm <> ''),
    count(DISTINCT r.id) FILTER (WHERE o.sex <> r.sex AND o.sex <> '' AND r.sex <> '')
FROM registry_record r JOIN registry_record o ON o.person_id = r.person_id AND o.id <> r.id AND o.removed_at IS NULL
WHERE r.origin_id = {origin} AND r.kind = {kind} AND r.removed_at IS NULL
"""


def _diverging(kind: str) -> Across:
    fields = ("dt_nascimento", "nome_mae", "sexo")
    return Across(tuple((field, Fault.DIVERGES) for field in fields), _DIVERGING.replace("{kind}", f"'{kind}'"))


def _shared(statement: str, field: str, kind: str = "") -> Across:
    filled = statement.replace("{cpfs}", _CPFS).replace("{kind}", f"'{kind}'")
    return Across(((field, Fault.SHARED_CPF),), filled)


def _slack(field: str, fault: Fault, statement: str) -> Across:
    return Across(((field, fault),), statement.replace("{slack}", SLACK))


ACROSS: Final[dict[str, tuple[Across, ...]]] = {
    "vw_preso": (_diverging("P"),),
    "vw_preso_documento": (_shared(_SHARED_BY_DOCUMENTS, "numero"),),
    "vw_visitante": (_diverging("V"), _shared(_SHARED_BY_RECORDS, "cpf", "V")),
    "vw_advogado": (_shared(_SHARED_BY_RECORDS, "cpf", "L"),),
    "vw_custodia": (Across((("dt_saida", Fault.TWO_OPEN),), _TWO_OPEN),),
    "vw_movimentacao": (_slack("dt_evento", Fault.AFTER_DEATH, _AFTER_DEATH),),
    "vw_visita": (_slack("dt_entrada", Fault.AFTER_RELEASE, _AFTER_RELEASE),),
}
