"""Blocks of SQL for what hangs on a registration more than once: offences, work and study."""

from typing import Final

from registry.figures import catalogue as of
from registry.figures.sql import chosen, key
from registry.figures.work import DISTANCE, PLACES, SECTORS, STUDIES, SUPPORT, UNSAID, VACANCIES, distant

_CHARGED: Final = """
    SELECT c.prisoner_id, o.form_code FROM registry_offence o JOIN registry_case c ON c.id = o.case_id
    WHERE o.removed_at IS NULL AND c.removed_at IS NULL AND coalesce(o.committed_on, %(day)s) <= %(day)s"""


def _offences() -> str:
    numbers = of.OFFENCES.numbers
    lines = {code: code for code in numbers if code not in (of.WITH_INFO, of.WITHOUT_INFO, of.NO_LINE)}
    line = f"coalesce({chosen('o.form_code', of.OFFENCES, lines)}, {numbers[of.NO_LINE]})"
    told = f"CASE WHEN known.prisoner_id IS NULL THEN {numbers[of.WITHOUT_INFO]} ELSE {numbers[of.WITH_INFO]} END"
    return f"""
    SELECT h.person_id, h.unit_id, {key(of.OFFENCES.number, line)}
    FROM figures_held h JOIN ({_CHARGED}) o ON o.prisoner_id = h.record_id
    UNION ALL
    SELECT h.person_id, h.unit_id, {key(of.OFFENCES.number, told)}
    FROM figures_held h LEFT JOIN (SELECT DISTINCT prisoner_id FROM ({_CHARGED}) x) known
      ON known.prisoner_id = h.record_id"""  # noqa: S608


def _vacancy() -> str:
    """SQL for the line of 6.1: the kind of vacancy by a state's words, then sector and place."""
    lines = []
    for code, _, _, pattern in VACANCIES:
        fits = f"WHEN lower(w.vacancy_origin) ~ '{pattern}'"
        if code == SUPPORT:
            lines.append(f"{fits} THEN {of.LABOUR.number_of(code)}")
            continue
        for sector in SECTORS:
            for place in PLACES:
                inside = "w.internal" if place == "INTERNO" else "NOT w.internal"
                number = of.LABOUR.number_of(f"{code}_{sector}_{place}")
                lines.append(f"{fits} AND w.sector = '{sector}' AND {inside} THEN {number}")
    return f"CASE {' '.join(lines)} ELSE {of.LABOUR.number_of(UNSAID)} END"


# Whoever has two jobs or courses on the day counts once in each figure of work, by the one that began last.
_GOING_ON: Final = """registry_workstudy w WHERE w.removed_at IS NULL AND w.since <= %(day)s
      AND coalesce(w.until, %(day)s) >= %(day)s"""


def _work() -> str:
    values = f"({of.LABOUR.number}, {_vacancy()}), ({of.PAY.number}, {chosen('w.pay', of.PAY)})"
    return f"""
    SELECT h.person_id, h.unit_id, {key("v.figure", "v.category")}
    FROM figures_held h JOIN (
        SELECT DISTINCT ON (w.prisoner_id) w.* FROM {_GOING_ON} AND w.nature = 'TRABALHO'
        ORDER BY w.prisoner_id, w.since DESC, w.id DESC
    ) w ON w.prisoner_id = h.record_id
    CROSS JOIN LATERAL (VALUES {values}) v (figure, category)"""  # noqa: S608


def _level() -> str:
    """SQL for the line of 6.3 by the nature of what is done and a state's words for the level."""
    far = distant()
    cases = [f"WHEN w.nature = '{nature}' THEN {of.STUDY.number_of(nature)}" for nature in ("LEITURA", "ESPORTE")]
    for code, _, _, _, pattern in STUDIES:
        fits = f"WHEN lower(w.level) ~ '{pattern}'"
        if code in far:
            cases.append(f"{fits} AND lower(w.level) ~ '{DISTANCE}' THEN {of.STUDY.number_of(far[code])}")
        if pattern:
            cases.append(f"{fits} THEN {of.STUDY.number_of(code)}")
    return f"CASE {' '.join(cases)} ELSE {of.STUDY.number_of(UNSAID)} END"


def _study() -> str:
    both = key(of.WORK_AND_STUDY.number, "1")
    return f"""
    SELECT h.person_id, h.unit_id, {key(of.STUDY.number, "w.category")}
    FROM figures_held h JOIN (
        SELECT DISTINCT w.prisoner_id, {_level()} AS category FROM {_GOING_ON}
          AND w.nature IN ('ESTUDO', 'LEITURA', 'ESPORTE')
    ) w ON w.prisoner_id = h.record_id
    UNION ALL
    SELECT h.person_id, h.unit_id, {both}
    FROM figures_held h JOIN (
        SELECT w.prisoner_id FROM {_GOING_ON} GROUP BY 1
        HAVING bool_or(w.nature = 'TRABALHO') AND bool_or(w.nature = 'ESTUDO')
    ) w ON w.prisoner_id = h.record_id"""  # noqa: S608


BLOCKS: Final = {"offences": _offences(), "work": _work(), "study": _study()}
