"""Blocks of SQL for what hangs on a registration more than once: offences, work and study."""

from typing import Final

from registry.figures import catalogue as of
from registry.figures.sql import Block, each_of, first_fitting, key, looked_up
from registry.figures.work import (
    DISTANCE,
    PLACES,
    SECTORS,
    STUDIES,
    SUPPORT,
    UNSAID,
    VACANCIES,
    VACANCY_WORDS,
    distant,
)


def _offences() -> str:
    """A row for each offence, and one for each person that says whether any is known."""
    numbers = of.OFFENCES.numbers
    lines = {code: code for code in numbers if code not in (of.WITH_INFO, of.WITHOUT_INFO, of.NO_LINE)}
    told = f"CASE WHEN known.lines IS NULL THEN {numbers[of.WITHOUT_INFO]} ELSE {numbers[of.WITH_INFO]} END"
    return f"""
    SELECT person_id, unit_id, {key(of.OFFENCES.number, "line", "dims")} FROM (
        SELECT h.person_id, h.unit_id, h.dims, unnest(known.lines || {told}) AS line
        FROM figures_held h LEFT JOIN (
            SELECT c.prisoner_id, array_agg(coalesce(of_line.number, {numbers[of.NO_LINE]})) AS lines
            FROM registry_offence o JOIN registry_case c ON c.id = o.case_id
            {looked_up("of_line", "o.form_code", of.OFFENCES, lines)}
            WHERE o.removed_at IS NULL AND c.removed_at IS NULL AND coalesce(o.committed_on, %(day)s) <= %(day)s
            GROUP BY 1
        ) known ON known.prisoner_id = h.record_id
    ) x"""  # noqa: S608


# Whoever has two jobs or courses on the day counts once in each figure of work, by the one that began last.
_AT: Final = "w.removed_at IS NULL AND w.since <= %(day)s AND coalesce(w.until, %(day)s) >= %(day)s"
_GOING_ON: Final = f"registry_workstudy w WHERE {_AT}"


def _words(column: str, cases: str) -> str:
    """SQL for what each of a state's own words says: there are few of them, and many who are at work."""
    return f"""(SELECT words, {cases} AS code FROM (SELECT DISTINCT {column} AS words FROM registry_workstudy) x)"""  # noqa: S608


def _vacancies() -> str:
    """SQL for the rows (vacancy, sector, internal, line) of 6.1 but for support, which is one line."""
    rows = (
        f"('{code}', '{sector}', {place == 'INTERNO'}, {of.LABOUR.number_of(f'{code}_{sector}_{place}')})"
        for code, *_ in VACANCIES if code != SUPPORT for sector in SECTORS for place in PLACES
    )  # fmt: skip
    return f"(VALUES {', '.join(rows)})"


def _work() -> str:
    support, unsaid = of.LABOUR.number_of(SUPPORT), of.LABOUR.number_of(UNSAID)
    line = f"CASE WHEN said.code = '{SUPPORT}' THEN {support} ELSE coalesce(line.number, {unsaid}) END"
    pay = f"coalesce(of_pay.number, {of.PAY.number_of(of.PAY.missing)})"
    return f"""
    SELECT h.person_id, h.unit_id, {each_of([(of.LABOUR, line), (of.PAY, pay)])}
    FROM figures_held h JOIN (
        SELECT DISTINCT ON (w.prisoner_id) w.* FROM {_GOING_ON} AND w.nature = 'TRABALHO'
        ORDER BY w.prisoner_id, w.since DESC, w.id DESC
    ) w ON w.prisoner_id = h.record_id
    LEFT JOIN {_words("vacancy_origin", first_fitting("words", VACANCY_WORDS))} said ON said.words = w.vacancy_origin
    LEFT JOIN {_vacancies()} line (vacancy, sector, internal, number)
      ON line.vacancy = said.code AND line.sector = w.sector AND line.internal = w.internal
    {looked_up("of_pay", "w.pay", of.PAY)}"""  # noqa: S608


def _level() -> str:
    """SQL for the line of 6.3 that a state's words for the level say; NULL if they say none."""
    far = distant()
    cases = []
    for code, _, _, _, pattern in STUDIES:
        fits = f"WHEN lower(words) ~ '{pattern}'"
        if code in far:
            cases.append(f"{fits} AND lower(words) ~ '{DISTANCE}' THEN {of.STUDY.number_of(far[code])}")
        if pattern:
            cases.append(f"{fits} THEN {of.STUDY.number_of(code)}")
    return f"CASE {' '.join(cases)} END"


def _study() -> str:
    both = key(of.WORK_AND_STUDY.number, "1")
    told = " ".join(f"WHEN '{nature}' THEN {of.STUDY.number_of(nature)}" for nature in ("LEITURA", "ESPORTE"))
    category = f"CASE w.nature {told} ELSE coalesce(said.code, {of.STUDY.number_of(UNSAID)}) END"
    return f"""
    SELECT h.person_id, h.unit_id, {key(of.STUDY.number, "w.category")}
    FROM figures_held h JOIN (
        SELECT DISTINCT w.prisoner_id, {category} AS category
        FROM registry_workstudy w LEFT JOIN {_words("level", _level())} said ON said.words = w.level
        WHERE {_AT} AND w.nature IN ('ESTUDO', 'LEITURA', 'ESPORTE')
    ) w ON w.prisoner_id = h.record_id
    UNION ALL
    SELECT h.person_id, h.unit_id, {both}
    FROM figures_held h JOIN (
        SELECT w.prisoner_id FROM {_GOING_ON} GROUP BY 1
        HAVING bool_or(w.nature = 'TRABALHO') AND bool_or(w.nature = 'ESTUDO')
    ) w ON w.prisoner_id = h.record_id"""  # noqa: S608


BLOCKS: Final = (
    Block((of.OFFENCES,), _offences()),
    Block((of.LABOUR, of.PAY), _work()),
    Block((of.STUDY, of.WORK_AND_STUDY), _study()),
)
