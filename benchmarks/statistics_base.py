"""A country in custody, written set by set inside PostgreSQL: what the benchmark of statistics stands on.

27 states, a unit for each 625 people (1,600 for a million), one in twenty of them without cells; each person with a
document, a case of two offences and a link, a third at work, and facts spread over the categories of the form.
"""

import sys
from typing import Final

from django.db import connection, connections, transaction

from audit.events import system
from registry.figures import catalogue as of
from registry.figures.declared import Figure
from registry.services import origins

OBSERVED: Final = "origin_id, origin_updated_at, load, received_at, origin_key"
PEOPLE_IN_A_UNIT: Final = 625
PAST_DAYS: Final = 1826
STOCKS_DIFFER: Final = 30


def build(people: int) -> int:
    """Write so many people held and a fifth as many who left; how many units hold them."""
    units = max(2 * len(of.UFS), people // PEOPLE_IN_A_UNIT)
    print(f"writing {people} people in {units} units…", file=sys.stderr)
    with transaction.atomic(), connection.cursor() as cursor:
        for uf in of.UFS:
            origin = origins.register(code=uf, name=uf, uf=uf, timezone="America/Sao_Paulo", by=system("benchmark"))
            cursor.execute("SELECT registry_add_partitions(%s)", [origin.pk])
        cursor.execute(
            "CREATE TEMP TABLE place ON COMMIT DROP AS"
            " SELECT row_number() OVER (ORDER BY id) - 1 AS at, id FROM registry_origin"
        )
        everyone = people * 6 // 5
        for statement in (*_places(units), *_people(everyone, people, units), *_facts(), *_events()):
            cursor.execute(statement)
        cursor.execute("UPDATE registry_origin SET loaded_at = now()")
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return units


def _insert(table: str, columns: str, values: str, source: str, *, key: str = "i::text") -> str:
    """Rows of a table; `source` gives i and the origin's id."""
    seen = f"origin, now() - interval '1 day', 1, now(), {key}"
    return f"INSERT INTO registry_{table} ({OBSERVED}, {columns}) SELECT {seen}, {values} FROM {source}"


def _one_of(codes: list[str], seed: int) -> str:
    """SQL for one of some codes, the first ones oftener."""
    listed = ", ".join(f"'{code}'" for code in codes)
    first, second = f"i * {seed}::bigint % 1009", f"i * {seed + 2}::bigint % 997"
    return f"(ARRAY[{listed}])[1 + least({first} % {len(codes)}, {second} % {len(codes)})]"


def _codes(figure: Figure) -> list[str]:
    return [each.code for each in figure.categories if each.code not in (figure.missing, *figure.apart)]


def _places(units: int) -> list[str]:
    every = f"generate_series(1, {units}) i JOIN place ON place.at = i % {len(of.UFS)}"
    source = f"(SELECT i, place.id AS origin FROM {every}) u"
    return [
        _insert(
            "unit",
            "id, public_id, name, acronym, senappen_code, kind, modality, sex, management, municipality",
            "i, gen_random_uuid(), 'Unidade ' || i, '', '', 'FECHADO',"
            " CASE WHEN i % 20 = 0 THEN 'MONITORADO' ELSE 'CELA_FISICA' END, 'M', '', '2704302'",
            source,
        ),
        _insert("unitcapacity", "unit_id, regime, sex, places", "i, 'FECHADO', 'M', 420", source),
    ]


def _people(everyone: int, held: int, units: int) -> list[str]:
    """People `1…held` are held; the others left a year ago. One in twenty is a woman."""
    at = f"1 + i * 7919::bigint % {units}"
    every = f"generate_series(1, {everyone}) i JOIN registry_unit u ON u.id = {at}"
    source = f"(SELECT i, u.id AS unit, u.origin_id AS origin FROM {every}) p"
    facts = ", ".join(
        _one_of(_codes(figure), seed)
        for figure, seed in ((of.RACE, 7), (of.MARITAL, 11), (of.SCHOOLING, 13), (of.NATIONALITY, 17), (of.AREA, 19))
    )
    return [
        f"INSERT INTO registry_person (id, public_id, created_at) SELECT i, gen_random_uuid(), now()"
        f" FROM generate_series(1, {everyone}) i",
        _insert(
            "record",
            "id, kind, person_id, home_id, name, mother_name, father_name, birth_date, sex, cpf, phone, address,"
            " name_norm, mother_norm",
            "i, 'P', i, i, 'PESSOA FICTICIA ' || i, '', '', current_date - (6700 + i * 37 % 16000),"
            " CASE WHEN i % 20 = 7 THEN 'F' ELSE 'M' END, '', '', '', 'PESSOA FICTICIA ' || i, ''",
            source,
        ),
        "INSERT INTO registry_prisoner (record_ptr_id, registration, rji, social_name, gender_identity, race,"
        " marital_status, schooling, nationality, area, indigenous_people, occupation, birthplace, disabilities, email,"
        f" registration_norm, children) SELECT i, 'M' || i, '', '', '', {facts}, '', '', '',"
        f" CASE WHEN i % 70 = 0 THEN ARRAY['FISICA'] ELSE '{{}}' END, '', 'M' || i, i % 13 FROM {source}",
        _insert(
            "custody",
            "unit_id, prisoner_id, wing, cell, situation, regime, justice, arrested_on, started_at, ended_at, rdd,"
            " faction, behaviour",
            f"unit, i, '', '', CASE WHEN i % 3 = 0 THEN 'PROVISORIO' ELSE 'CONDENADO' END,"
            f" CASE WHEN i % 3 = 0 THEN 'PROVISORIO' ELSE {_one_of(['FECHADO', 'SEMIABERTO', 'ABERTO'], 23)} END,"
            " CASE WHEN i % 80 = 1 THEN 'FEDERAL' ELSE 'ESTADUAL' END, current_date - (i % 900)::int - 2,"
            f" now() - interval '1 day' * (i % 900 + 1),"
            f" CASE WHEN i > {held} THEN now() - interval '1 day' * (i % 365) END, i % 500 = 0, '', 'BOM'",
            source,
        ),
    ]


def _facts() -> list[str]:
    source = "(SELECT r.id AS i, r.origin_id AS origin FROM registry_record r) p"
    return [
        _insert(
            "recorddocument", "record_id, kind, raw, number, flaw, issuer",
            "i, 'RG', i::text, i::text, '', 'SSP'", f"{source} WHERE i % 4 > 0",
        ),
        _insert(
            "case",
            "id, prisoner_id, npu, npu_raw, piece_number, piece_kind, arrest_kind, court, initial_regime, secrecy,"
            " sentenced_on, sentence_years, remand_days",
            "i, i, '', 'x', '', '', '', '', '', '', CASE WHEN i % 3 > 0 THEN current_date - (i % 900)::int END,"
            " CASE WHEN i % 3 > 0 THEN 1 + i % 29 END, 100",
            source,
        ),
        _insert(
            "offence", "case_id, law, article, form_code", f"i, 'CP', '', {_one_of(_codes(of.OFFENCES), 29)}",
            f"{source}, generate_series(1, 2) n", key="i || 'o' || n",
        ),
        _insert(
            "workstudy",
            "prisoner_id, nature, vacancy_origin, sector, internal, pay, level, since",
            f"i, {_one_of(['TRABALHO', 'ESTUDO', 'LEITURA'], 31)},"
            f" {_one_of(['Empresa privada', 'Vaga própria', 'Apoio ao estabelecimento', 'Órgão público'], 37)},"
            f" {_one_of(['TERCIARIO', 'SECUNDARIO', 'PRIMARIO'], 41)}, i % 5 > 0, {_one_of(_codes(of.PAY), 43)},"
            f" {_one_of(['Ensino fundamental', 'Ensino médio', 'Alfabetização'], 47)}, current_date - (i % 300)::int",
            f"{source} WHERE i % 3 = 1",
        ),
        _insert(
            "visitorlink", "visitor_id, prisoner_id, kinship, status, since, suspension_reason",
            "i, i, 'MAE', 'ATIVO', current_date - 300, ''", f"{source} WHERE i % 2 = 0",
        ),
    ]  # fmt: skip


def _events() -> list[str]:
    """Each entry, each exit, and a visit of half of the people in the last thirty days."""
    held = "(SELECT c.prisoner_id AS i, c.origin_id AS origin, c.* FROM registry_custody c) c"
    serial = "nextval(pg_get_serial_sequence('registry_{}', 'id'))"
    columns = (
        "id, prisoner_id, kind, occurred_at, registered_at, unit_from_id, unit_to_id, other_uf, reason, document,"
        " death_cause"
    )
    return [
        _insert(
            "movement", columns,
            f"{serial.format('movement')}, i, 'INC_ORIG', started_at, started_at, NULL, unit_id, '', '', '', ''", held,
        ),
        _insert(
            "movement", columns,
            f"{serial.format('movement')}, i, 'ALVARA', ended_at, ended_at, unit_id, NULL, '', '', '', ''",
            f"{held} WHERE ended_at IS NOT NULL", key="i || 's'",
        ),
        _insert(
            "visit", "id, visitor_id, prisoner_id, unit_id, entered_at, left_at, kind",
            f"{serial.format('visit')}, i, i, unit_id, now() - interval '1 hour' * (i % 720), now(), 'SOCIAL'",
            f"{held} WHERE i % 2 = 0",
        ),
    ]  # fmt: skip


# Of states and of the country, what happened differs from day to day and how things stood every `STOCKS_DIFFER` days,
# so that no two of those days are read from the same place. Units' counts are those of the first build.
_VARIED: Final = """
WITH packs AS (
    SELECT DISTINCT {column} AS digest FROM registry_figurerow
    WHERE build_id = %(first)s AND level <> 'U' AND {column} IS NOT NULL
), varied AS (
    SELECT k.digest, n, p.keys, p.counts[1] + n || p.counts[2:] AS counts
    FROM packs k JOIN registry_figurepack p USING (digest), generate_series({step}, %(days)s, {step}) n
)
INSERT INTO benchmark_pack SELECT digest, n, md5(keys::text || counts::text)::uuid, keys, counts FROM varied
"""
_PAST: Final = """
INSERT INTO registry_figurerow (day, build_id, level, uf, unit_id, modality, stock, flow, people, women, provisional,
                                places, entered, "left")
SELECT b.day, b.id, r.level, r.uf, r.unit_id, r.modality, coalesce(s.made, r.stock), coalesce(f.made, r.flow),
       r.people + ago %% 7, r.women, r.provisional, r.places, r.entered, r."left"
FROM registry_figurebuild b CROSS JOIN LATERAL (SELECT current_date - b.day) x (ago)
JOIN registry_figurerow r ON r.build_id = %(first)s
LEFT JOIN benchmark_pack f ON f.digest = r.flow AND f.n = ago
LEFT JOIN benchmark_pack s ON s.digest = r.stock AND s.n = ago
WHERE b.day < current_date
"""


def repeat(first: int, days: int) -> None:
    """Rows of the cube for so many days before the build `first`, which is of today: made of it, not counted."""
    asked = {"first": first, "days": days}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT registry_figure_partition(day::date) FROM"
            " generate_series(current_date - %(days)s - 31, current_date, '1 month') day",
            asked,
        )
        cursor.execute(
            "INSERT INTO registry_figurebuild (day, version, built_at, loads_to, people)"
            " SELECT b.day - n, 1, now(), b.loads_to, b.people FROM registry_figurebuild b,"
            " generate_series(1, %(days)s) n WHERE b.id = %(first)s",
            asked,
        )
        cursor.execute(
            "CREATE TEMP TABLE benchmark_pack (digest uuid, n int, made uuid, keys int[], counts int[]) ON COMMIT DROP"
        )
        cursor.execute(_VARIED.format(column="flow", step=1), asked)
        cursor.execute(_VARIED.format(column="stock", step=STOCKS_DIFFER), asked)
        cursor.execute(
            "INSERT INTO registry_figurepack SELECT made, keys, counts FROM benchmark_pack ON CONFLICT DO NOTHING"
        )
        cursor.execute("ALTER TABLE benchmark_pack DROP keys, DROP counts")
        cursor.execute("ANALYZE benchmark_pack")
        cursor.execute(_PAST, asked)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE registry_figurerow, registry_figurebuild, registry_figurepack")
