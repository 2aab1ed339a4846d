"""Who is held at the end of a day, and one block of SQL for each way of counting them.

A block selects (person_id, unit_id, key): one row for each count, so that the same text makes the cube (grouped) and
answers who is behind a figure (filtered). Blocks read `figures_held`, which `HELD` makes.

Whoever counts decides here (and in `flows`, by the same words), and nowhere else, who belongs to a figure. Sealed
people are left out, as of every other answer (ADR 17): a unit's figure beside the list of who is in it would give away
that one is missing. A seal set later leaves versions counted before it as they are; the next one counts without them.
"""

from typing import Final

from registry.figures import catalogue as of
from registry.figures.declared import Figure
from registry.figures.keys import (
    AGE_FROM,
    AGE_UNKNOWN,
    CATEGORY_BIT,
    CONVICTED,
    FIGURE_BIT,
    REGIME_BIT,
    REGIMES,
    SENTENCE_TO,
    SEX_BIT,
)
from registry.figures.work import UNSAID
from registry.selectors import seals

# A table of the transaction: one row for each person. Somebody in two units is where they came last; convicted in any
# of them, they count as convicted; dead on any of their records, they are not held, whatever custody is left open.
# A day ends at midnight of the state that tells it.
HELD: Final = f"""
CREATE TEMP TABLE figures_held ON COMMIT DROP AS
WITH dead AS (
    SELECT DISTINCT r.person_id FROM registry_prisoner p JOIN registry_record r ON r.id = p.record_ptr_id
    WHERE p.died_on <= %(day)s AND r.removed_at IS NULL
), held AS (
    SELECT DISTINCT ON (r.person_id) r.person_id, r.id AS record_id, c.origin_id, c.unit_id, r.sex, r.birth_date,
           r.cpf <> '' AS cpf, c.rdd, c.arrested_on, first_value(c.regime) OVER condition AS regime,
           first_value(c.justice) OVER condition AS justice
    FROM registry_custody c
    JOIN registry_origin o ON o.id = c.origin_id
    JOIN registry_record r ON r.id = c.prisoner_id AND r.removed_at IS NULL
    WHERE c.removed_at IS NULL AND c.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE o.timezone
      AND (c.ended_at IS NULL OR c.ended_at >= (%(day)s::date + 1)::timestamp AT TIME ZONE o.timezone)
      AND r.person_id NOT IN (SELECT person_id FROM dead) AND {seals.unsealed("r.person_id")}
    WINDOW condition AS (PARTITION BY r.person_id
                         ORDER BY c.situation = 'CONDENADO' DESC, c.started_at DESC, c.id DESC)
    ORDER BY r.person_id, c.started_at DESC, c.id DESC
), told AS (
    SELECT *, coalesce(array_position(ARRAY{list(REGIMES)}, regime::text), 0) AS regime_number,
           CASE {
    " ".join(
        f"WHEN age(%(day)s::date, birth_date) >= interval '{years} years' THEN {at}"
        for at, years in reversed(list(enumerate(AGE_FROM)))
    )
} ELSE {AGE_UNKNOWN} END AS age_band
    FROM held
)
SELECT person_id, record_id, origin_id, unit_id, cpf, rdd, regime, justice, regime_number, age_band,
       %(day)s::date - arrested_on AS days,
       (CASE sex WHEN 'M' THEN 0 WHEN 'F' THEN 1 ELSE 2 END << {SEX_BIT}) | (regime_number << {REGIME_BIT}) | age_band
       AS dims
FROM told
"""  # noqa: S608 - composed of constants


def chosen(column: str, figure: Figure, renamed: dict[str, str] | None = None) -> str:
    """SQL for the number of the category that a column's code names; the missing one for any other code."""
    numbers = figure.numbers
    known = {code: numbers[to] for code, to in (renamed or {code: code for code in numbers}).items()}
    cases = " ".join(f"WHEN '{code}' THEN {number}" for code, number in known.items())
    other = numbers[figure.missing] if figure.missing else "NULL"
    return f"CASE {column} {cases} ELSE {other} END"


def matched(column: str, figure: Figure, patterns: dict[str, str]) -> str:
    """SQL for the category whose pattern a state's own words fit first; the missing one if none does."""
    cases = " ".join(
        f"WHEN lower({column}) ~ '{pattern}' THEN {figure.number_of(code)}" for code, pattern in patterns.items()
    )
    return f"CASE {cases} ELSE {figure.number_of(figure.missing)} END"


def bracketed(column: str) -> str:
    """SQL of `keys.sentence_bracket`."""
    cases = " ".join(f"WHEN {column} <= {upper} THEN {at}" for at, upper in enumerate(SENTENCE_TO, start=1))
    last = len(SENTENCE_TO)
    return f"CASE {cases} WHEN {column} IS NULL THEN {last + 2} ELSE {last + 1} END"


def key(figure: int | str, category: str, dims: str = "h.dims") -> str:
    """SQL of `keys.Key.pack`. Parentheses throughout: PostgreSQL gives its bit operators one precedence."""
    return f"({figure} << {FIGURE_BIT}) | (({category}) << {CATEGORY_BIT}) | ({dims})"


def _facts() -> str:
    """What the registration itself tells: one row for each person and figure."""
    children = "CASE WHEN p.children IS NULL THEN 13 ELSE least(p.children, 11) + 1 END"
    justice = "array_position(ARRAY['ESTADUAL', 'FEDERAL', 'OUTROS'], h.justice::text)"
    unknown = of.POPULATION.number_of(UNSAID)
    regime = f"CASE WHEN h.regime_number = 0 THEN {unknown} ELSE coalesce((h.regime_number - 1) * 3 + {justice}, {unknown}) END"  # noqa: E501
    lines = {
        of.POPULATION: regime,
        of.RDD: "CASE WHEN h.rdd THEN 1 END",
        of.PROVISIONAL: "CASE WHEN h.regime = 'PROVISORIO' THEN CASE WHEN h.days > 90 THEN 1 ELSE 2 END END",
        of.AGE: "h.age_band + 1",
        of.RACE: chosen("p.race", of.RACE),
        of.AREA: chosen("p.area", of.AREA),
        of.MARITAL: chosen("p.marital_status", of.MARITAL),
        of.SCHOOLING: chosen("p.schooling", of.SCHOOLING),
        of.NATIONALITY: chosen("p.nationality", of.NATIONALITY),
        of.CHILDREN: children,
    }
    values = ", ".join(f"({figure.number}, {line})" for figure, line in lines.items())
    return f"""
    SELECT h.person_id, h.unit_id, {key("v.figure", "v.category")}
    FROM figures_held h JOIN registry_prisoner p ON p.record_ptr_id = h.record_id
    CROSS JOIN LATERAL (VALUES {values}) v (figure, category) WHERE v.category IS NOT NULL"""  # noqa: S608


def _foreigners() -> str:
    native = ("BRASILEIRO_NATO", "BRASILEIRO_NATURALIZADO", of.NATIONALITY.missing)
    abroad = [code for code in of.NATIONALITY.numbers if code not in (*native, "ESTRANGEIROS_TOTAL")]
    total = str(of.NATIONALITY.number_of("ESTRANGEIROS_TOTAL"))
    return f"""
    SELECT h.person_id, h.unit_id, {key(of.NATIONALITY.number, total)}
    FROM figures_held h JOIN registry_prisoner p ON p.record_ptr_id = h.record_id
    WHERE p.nationality = ANY(ARRAY{abroad})"""  # noqa: S608


def _disabilities() -> str:
    # 1 counts people with any; 4 (wheelchair) is not in the contract; 7 those with more than one.
    parts = "('INTELECTUAL', 2), ('FISICA', 3), ('AUDITIVA', 5), ('VISUAL', 6)"
    return f"""
    SELECT h.person_id, h.unit_id, {key(of.DISABILITY.number, "v.category")}
    FROM figures_held h JOIN registry_prisoner p ON p.record_ptr_id = h.record_id
    CROSS JOIN LATERAL (
        SELECT 1 UNION ALL SELECT 7 WHERE cardinality(p.disabilities) > 1
        UNION ALL SELECT code.category FROM (VALUES {parts}) code (name, category) WHERE code.name = ANY(p.disabilities)
    ) v (category) WHERE p.disabilities <> '{{}}'"""  # noqa: S608


def _documents() -> str:
    kinds = "('CERTIDAO',1),('RG',2),('CPF',3),('CIN',3),('TITULO',4),('RESERVISTA',5),('CTPS',6),('SUS',7),('RNM',8),('PASSAPORTE',9)"  # noqa: E501
    return f"""
    SELECT h.person_id, h.unit_id, {key(of.DOCUMENTS.number, "v.category")}
    FROM figures_held h
    LEFT JOIN (
        SELECT d.record_id, array_agg(DISTINCT k.category) AS kinds FROM registry_recorddocument d
        JOIN (VALUES {kinds}) k (name, category) ON k.name = d.kind WHERE d.removed_at IS NULL GROUP BY 1
    ) has ON has.record_id = h.record_id
    CROSS JOIN LATERAL (
        SELECT DISTINCT category FROM unnest(has.kinds || CASE WHEN h.cpf THEN ARRAY[3] ELSE ARRAY[]::int[] END) u (category)
        UNION ALL SELECT CASE WHEN h.cpf OR has.kinds IS NOT NULL THEN 10 ELSE 11 END
    ) v"""  # noqa: S608, E501


def _visitors() -> str:
    return f"""
    SELECT h.person_id, h.unit_id, {key(of.VISITED.number, "CASE WHEN l.prisoner_id IS NULL THEN 2 ELSE 1 END")}
    FROM figures_held h LEFT JOIN (
        SELECT DISTINCT prisoner_id FROM registry_visitorlink
        WHERE status = 'ATIVO' AND removed_at IS NULL AND since <= %(day)s
    ) l ON l.prisoner_id = h.record_id"""  # noqa: S608


def _sentences() -> str:
    # The remand that a sentence counts is, but for earlier arrests, of the days since this one: never both.
    served = "coalesce(w.remitted, 0) + greatest(h.days, s.deducted, 0)"
    total, rest = bracketed("s.term"), bracketed(f"s.term - ({served})")
    values = f"({of.SENTENCE.number}, {total}), ({of.REMAINING.number}, {rest})"
    convicted = [REGIMES.index(regime) + 1 for regime in CONVICTED]
    return f"""
    SELECT h.person_id, h.unit_id, {key("v.figure", "v.category")}
    FROM figures_held h LEFT JOIN (
        SELECT prisoner_id, max(remand_days + (%(day)s - coalesce(sentenced_on, issued_on, %(day)s))) AS deducted,
               sum(coalesce(sentence_years, 0) * 365 + coalesce(sentence_months, 0) * 30 + coalesce(sentence_days, 0))
               FILTER (WHERE num_nonnulls(sentence_years, sentence_months, sentence_days) > 0) AS term
        FROM registry_case WHERE removed_at IS NULL AND coalesce(sentenced_on, issued_on, %(day)s) <= %(day)s GROUP BY 1
    ) s ON s.prisoner_id = h.record_id
    LEFT JOIN (
        SELECT prisoner_id, sum(remitted_days) AS remitted FROM registry_workstudy
        WHERE removed_at IS NULL AND since <= %(day)s GROUP BY 1
    ) w ON w.prisoner_id = h.record_id
    CROSS JOIN LATERAL (VALUES {values}) v (figure, category)
    WHERE h.regime_number = ANY(ARRAY{convicted})"""  # noqa: S608


BLOCKS: Final = {
    "facts": _facts(),
    "foreigners": _foreigners(),
    "disabilities": _disabilities(),
    "documents": _documents(),
    "visitors": _visitors(),
    "sentences": _sentences(),
}
