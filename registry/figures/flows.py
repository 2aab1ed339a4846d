"""SQL for what happened within a period, each event by the day of the state that tells it.

The same person's same event in the same unit on the same day counts once, however many records tell it.
"""

from typing import Final

from registry.figures import catalogue as of
from registry.figures.keys import SEX_BIT
from registry.figures.sql import chosen, key
from registry.labels import Effect, codes_with
from registry.selectors import seals

_SEX: Final = f"CASE r.sex WHEN 'M' THEN 0 WHEN 'F' THEN 1 ELSE 2 END << {SEX_BIT}"
# From the first midnight of the period to the one after its last day, as the state's clock shows it.
_WITHIN: Final = """>= %(first)s::date::timestamp AT TIME ZONE o.timezone
      AND {0} < (%(last)s::date + 1)::timestamp AT TIME ZONE o.timezone"""
_LINES: Final = {
    "INC_ORIG": 1, "REINC": 1, "ALVARA": 2, "ABANDONO": 3, "OBITO": 4, "TR_ENT_UF": 5, "TR_ENT_INTER": 5,
    "TR_ENT_SPF": 5, "TR_SAI_UF": 6, "TR_SAI_INTER": 6, "TR_SAI_SPF": 6, "PERM_SAIDA": 7, "SAI_TEMP": 8,
}  # fmt: skip
_ENTRIES: Final = codes_with(Effect.ENTRY)
_EXITS: Final = codes_with(Effect.EXIT)
_DEATHS: Final = {
    "NATURAL": "OBITOS_NATURAIS_OBITOS_POR_MOTIVOS_DE_SA", "CRIMINAL": "OBITOS_CRIMINAIS",
    "SUICIDIO": "OBITOS_SUICIDIOS", "ACIDENTAL": "OBITOS_ACIDENTAIS",
}  # fmt: skip


def _line() -> str:
    """SQL for the line of 4.5; NULL for movements that are on none."""
    known = " ".join(f"WHEN '{code}' THEN {number}" for code, number in _LINES.items())
    other = {"OUTRAS_ENTRADAS": _ENTRIES, "OUTRAS_SAIDAS": _EXITS}
    rest = " ".join(
        f"WHEN '{code}' THEN {of.MOVEMENTS.number_of(line)}"
        for line, codes in other.items() for code in codes if code not in _LINES
    )  # fmt: skip
    return f"CASE m.kind {known} {rest} END"


_INTO: Final = (*_ENTRIES, *codes_with(Effect.RETURN))
_COUNTED: Final = (*_LINES, *_ENTRIES, *_EXITS)


def _found(condition: str) -> str:
    return f"""
        SELECT m.* FROM registry_movement m WHERE m.origin_id = o.id AND {condition}
          AND m.occurred_at {_WITHIN.format("m.occurred_at")} AND m.removed_at IS NULL
          AND m.kind = ANY(ARRAY{sorted(set(_COUNTED))})"""  # noqa: S608


_IN: Final = f"m.kind = ANY(ARRAY{list(_INTO)})"

# Movements of the period at the unit they count for: where somebody came in, or where they left. By unit, since that
# is how the table is indexed; those that do not tell the unit count for the state alone, as unit 0.
_MOVED: Final = f"""
    SELECT DISTINCT r.person_id, coalesce(m.at_unit, 0) AS unit_id, o.id AS origin_id, m.kind, m.other_uf,
           m.death_cause, {_SEX} AS dims, (m.occurred_at AT TIME ZONE o.timezone)::date AS day
    FROM registry_origin o CROSS JOIN LATERAL (
        SELECT u.id AS at_unit, x.* FROM registry_unit u CROSS JOIN LATERAL (
            {_found(f"m.unit_to_id = u.id AND {_IN}")}
            UNION ALL {_found(f"m.unit_from_id = u.id AND NOT {_IN}")}
        ) x WHERE u.origin_id = o.id
        UNION ALL SELECT NULL, x.* FROM ({_found(f"m.unit_to_id IS NULL AND {_IN}")}) x
        UNION ALL SELECT NULL, x.* FROM ({_found(f"m.unit_from_id IS NULL AND NOT {_IN}")}) x
    ) m JOIN registry_record r ON r.id = m.prisoner_id AND r.removed_at IS NULL
      AND {seals.unsealed("r.person_id")}"""  # noqa: S608


def _movements() -> str:
    deaths = chosen("m.death_cause", of.DEATHS, _DEATHS)
    uf = chosen("m.other_uf", of.SENT)
    counts = f"""
        ({of.MOVEMENTS.number}, {_line()}),
        ({of.DEATHS.number}, CASE WHEN m.kind = 'OBITO' THEN {deaths} END),
        ({of.SENT.number}, CASE WHEN m.kind IN ('TR_SAI_INTER', 'TR_SAI_SPF') THEN {uf} END),
        ({of.TAKEN_IN.number}, CASE WHEN m.kind IN ('TR_ENT_INTER', 'TR_ENT_SPF') THEN {uf} END)"""
    return f"""
    SELECT m.person_id, m.origin_id, m.unit_id, {key("v.figure", "v.category", "m.dims")}
    FROM ({_MOVED}) m CROSS JOIN LATERAL (VALUES {counts}) v (figure, category) WHERE v.category IS NOT NULL"""  # noqa: S608


def _visits() -> str:
    values = f"({of.VISITS.number}, x.visits), ({of.RECEIVED.number}, 1)"
    return f"""
    SELECT x.person_id, x.origin_id, x.unit_id, {key("v.figure", "1", "x.dims")}
    FROM (
        SELECT r.person_id, o.id AS origin_id, v.unit_id, {_SEX} AS dims, count(*) AS visits
        FROM registry_origin o JOIN registry_unit u ON u.origin_id = o.id
        JOIN registry_visit v ON v.origin_id = o.id AND v.unit_id = u.id
          AND v.entered_at {_WITHIN.format("v.entered_at")} AND v.removed_at IS NULL
        JOIN registry_record r ON r.id = v.prisoner_id AND r.removed_at IS NULL
          AND {seals.unsealed("r.person_id")} GROUP BY 1, 2, 3, 4
    ) x CROSS JOIN LATERAL (VALUES {values}) v (figure, times) CROSS JOIN LATERAL generate_series(1, v.times)"""  # noqa: S608


BLOCKS: Final = {"movements": _movements(), "visits": _visits()}
