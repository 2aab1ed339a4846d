"""Who is held at the end of a day, and one block of SQL for each way of counting them.

A block selects (person_id, unit_id, key): one row for each count, so that the same text makes the cube (grouped) and
answers who is behind a figure (filtered). Blocks read `figures_held`, which `held` makes.

Whoever counts decides here (and in `flows`, by the same words), and nowhere else, who belongs to a figure. Sealed
people are left out, as of every other answer (ADR 17): a unit's figure beside the list of who is in it would give away
that one is missing. A seal set later leaves versions counted before it as they are; the next one counts without them.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

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


class Block(NamedTuple):
    """SQL of a row (person_id, unit_id, key) for each count of some figures, and of no other figure."""

    figures: tuple[Figure, ...]
    rows: str


# The first birth dates that are too late for each band, the oldest band's first: whoever is born on a leap day comes of
# age on 1 March, as `age` has it. A search among them costs a tenth of comparing ages one after the other.
_BORN_AFTER: Final = ", ".join(f"(%(day)s::date - interval '{years} years')::date + 1" for years in reversed(AGE_FROM))


def held(only: str = "") -> str:
    """SQL that makes `figures_held`, a table of the transaction with one row for each person.

    Somebody in two units is where they came last; convicted in any of them, they count as convicted; dead on any of
    their records, they are not held, whatever custody is left open. A day ends at midnight of the state that tells it.
    `only`: a condition more, on `r.person_id`.
    """
    return f"""
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
      AND r.person_id NOT IN (SELECT person_id FROM dead) AND {seals.unsealed("r.person_id")} {only}
    WINDOW condition AS (PARTITION BY r.person_id
                         ORDER BY c.situation = 'CONDENADO' DESC, c.started_at DESC, c.id DESC)
    ORDER BY r.person_id, c.started_at DESC, c.id DESC
), told AS (
    SELECT *, coalesce(array_position(ARRAY{list(REGIMES)}, regime::text), 0) AS regime_number,
           coalesce(nullif({len(AGE_FROM) - 1} - width_bucket(birth_date, ARRAY[{_BORN_AFTER}]), -1), {AGE_UNKNOWN})
           AS age_band
    FROM held
)
SELECT person_id, record_id, origin_id, unit_id, cpf, rdd, regime, justice, regime_number, age_band,
       %(day)s::date - arrested_on AS days,
       (CASE sex WHEN 'M' THEN 0 WHEN 'F' THEN 1 ELSE 2 END << {SEX_BIT}) | (regime_number << {REGIME_BIT}) | age_band
       AS dims
FROM told
"""  # noqa: S608 - composed of constants


# Whoever was ever in a unit, or a state: where they are on the day is still to be seen.
_EVER: Final = """AND r.person_id IN (
        SELECT x.person_id FROM registry_custody k JOIN registry_record x ON x.id = k.prisoner_id WHERE {condition}
    )"""
IN_UNIT: Final = _EVER.format(condition="k.unit_id = %(unit)s")
IN_STATE: Final = _EVER.format(condition="k.origin_id = ANY(ARRAY(SELECT id FROM registry_origin WHERE uf = %(uf)s))")


def chosen(column: str, figure: Figure, renamed: dict[str, str] | None = None) -> str:
    """SQL for the number of the category that a column's code names; the missing one for any other code."""
    numbers = figure.numbers
    known = {code: numbers[to] for code, to in (renamed or {code: code for code in numbers}).items()}
    cases = " ".join(f"WHEN '{code}' THEN {number}" for code, number in known.items())
    other = numbers[figure.missing] if figure.missing else "NULL"
    return f"CASE {column} {cases} ELSE {other} END"


def looked_up(name: str, column: str, figure: Figure, renamed: dict[str, str] | None = None) -> str:
    """SQL that joins the number of the category that a column's code names as `name.number`, NULL for any other code.

    `chosen` compares with one code after the other, which for a list of a hundred costs more than all else of a count.
    """
    numbers = figure.numbers
    known = {code: numbers[to] for code, to in (renamed or {code: code for code in numbers}).items()}
    rows = ", ".join(f"('{code}', {number})" for code, number in known.items())
    return f"LEFT JOIN (VALUES {rows}) {name} (code, number) ON {name}.code = {column}"


def first_fitting(column: str, patterns: Iterable[tuple[str, str]]) -> str:
    """SQL for the code of the first pattern (POSIX, of lower case) that a state's own words fit; NULL if none does."""
    cases = " ".join(f"WHEN lower({column}) ~ '{pattern}' THEN '{code}'" for code, pattern in patterns)
    return f"CASE {cases} END"


def bracketed(column: str) -> str:
    """SQL of `keys.sentence_bracket`."""
    first_beyond = [upper + 1 for upper in SENTENCE_TO]
    return f"coalesce(1 + width_bucket(({column})::bigint, ARRAY{first_beyond}::bigint[]), {len(SENTENCE_TO) + 2})"


def each_of(lines: Iterable[tuple[Figure, str]], dims: str = "h.dims") -> str:
    """SQL for a row for each figure with the key of its category; the row is NULL where the category is."""
    return f"unnest(ARRAY[{', '.join(key(figure.number, line, dims) for figure, line in lines)}])"


def key(figure: int | str, category: str, dims: str = "h.dims") -> str:
    """SQL of `keys.Key.pack`. Parentheses throughout: PostgreSQL gives its bit operators one precedence."""
    return f"({figure} << {FIGURE_BIT}) | (({category}) << {CATEGORY_BIT}) | ({dims})"


def _facts() -> str:
    """What the registration itself tells: one row for each person and figure."""
    justice = "array_position(ARRAY['ESTADUAL', 'FEDERAL', 'OUTROS'], h.justice::text)"
    unknown = of.POPULATION.number_of(UNSAID)
    regime = f"CASE WHEN h.regime_number = 0 THEN {unknown} ELSE coalesce((h.regime_number - 1) * 3 + {justice}, {unknown}) END"  # noqa: E501
    coded = {"race": of.RACE, "area": of.AREA, "marital_status": of.MARITAL, "schooling": of.SCHOOLING,
             "nationality": of.NATIONALITY}  # fmt: skip
    lines = [
        (of.POPULATION, regime),
        (of.RDD, "CASE WHEN h.rdd THEN 1 END"),
        (of.PROVISIONAL, "CASE WHEN h.regime = 'PROVISORIO' THEN CASE WHEN h.days > 90 THEN 1 ELSE 2 END END"),
        (of.AGE, "h.age_band + 1"),
        (of.CHILDREN, "CASE WHEN p.children IS NULL THEN 13 ELSE least(p.children, 11) + 1 END"),
        *(
            (figure, f"coalesce(of_{name}.number, {figure.number_of(figure.missing)})")
            for name, figure in coded.items()
        ),
        (of.NATIONALITY, _foreign("of_nationality.number")),
    ]
    joins = " ".join(looked_up(f"of_{name}", f"p.{name}", figure) for name, figure in coded.items())
    return f"""
    SELECT person_id, unit_id, key FROM (
        SELECT h.person_id, h.unit_id, {each_of(lines)} AS key
        FROM figures_held h JOIN registry_prisoner p ON p.record_ptr_id = h.record_id {joins}
    ) x WHERE key IS NOT NULL"""  # noqa: S608


def _foreign(number: str) -> str:
    """SQL for the line that adds up foreigners, NULL for nationals and whoever's nationality is not known."""
    total = of.NATIONALITY.number_of("ESTRANGEIROS_TOTAL")
    native = ("BRASILEIRO_NATO", "BRASILEIRO_NATURALIZADO", of.NATIONALITY.missing, "ESTRANGEIROS_TOTAL")
    return f"CASE WHEN {number} <> ALL(ARRAY{[of.NATIONALITY.number_of(code) for code in native]}) THEN {total} END"


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
    lines = [(of.SENTENCE, bracketed("s.term")), (of.REMAINING, bracketed(f"s.term - ({served})"))]
    convicted = [REGIMES.index(regime) + 1 for regime in CONVICTED]
    return f"""
    SELECT h.person_id, h.unit_id, {each_of(lines)}
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
    WHERE h.regime_number = ANY(ARRAY{convicted})"""  # noqa: S608


BLOCKS: Final = (
    Block(
        (of.POPULATION, of.RDD, of.PROVISIONAL, of.AGE, of.CHILDREN, of.RACE, of.AREA, of.MARITAL, of.SCHOOLING,
         of.NATIONALITY),
        _facts(),
    ),
    Block((of.DISABILITY,), _disabilities()),
    Block((of.DOCUMENTS,), _documents()),
    Block((of.VISITED,), _visitors()),
    Block((of.SENTENCE, of.REMAINING), _sentences()),
)  # fmt: skip
