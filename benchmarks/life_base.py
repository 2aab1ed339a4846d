"""A base of invented lives, written set by set inside PostgreSQL: what the profile's benchmark stands on.

Of every hundred people 55 are prisoners, 43 visitors and 2 lawyers. Prisoner 1 is the most connected one: hundreds
of movements and visitors, a crowded cell, and the lawyer of 3,000 clients. Unit 1 holds 11,000 people, or a third of
those in custody in a small base.
"""

import sys
from dataclasses import dataclass
from typing import Final

from django.db import connection, connections, transaction

from audit.events import system
from registry.services import origins

MOST_CONNECTED: Final = 1
LARGEST_UNIT: Final = 1
# What every observed row carries; {key} is the row's id at its origin.
OBSERVED: Final = "origin_id, origin_updated_at, load, received_at, origin_key"
SEEN: Final = "(SELECT id FROM registry_origin), now() - interval '1 day', 1, now(), {key}"


@dataclass(frozen=True)
class Base:
    """How many there are of each kind; ids run from 1 through prisoners, then visitors, then lawyers."""

    prisoners: int
    visitors: int
    lawyers: int
    units: int

    @property
    def largest(self) -> int:
        """How many people the largest unit holds."""
        return min(11_000, max(1, self.prisoners // 10))


def build(people: int, *, sparse: bool = False) -> Base:
    """Write the lives of so many people and analyse the tables; sparse ones have custodies and cases only."""
    prisoners, lawyers = people * 55 // 100, max(1, people * 2 // 100)
    base = Base(prisoners, people - prisoners - lawyers, lawyers, max(2, prisoners // 1500))
    print(f"writing the lives of {people} people…", file=sys.stderr)
    with transaction.atomic(), connection.cursor() as cursor:
        origin = origins.register(code="AL", name="Alagoas", uf="AL", timezone="America/Maceio", by=system("benchmark"))
        cursor.execute("SELECT registry_add_partitions(%s)", [origin.pk])
        more = () if sparse else (*_moved(base), *_with_whom(base), *_papers(base))
        for statement in (*_who(base), *_where(base), _cases(base), *more):
            cursor.execute(statement)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return base


def _insert(table: str, columns: str, values: str, source: str, *, key: str = "'k' || i") -> str:
    """Rows of a table, one for each row of `source`."""
    return f"INSERT INTO registry_{table} ({OBSERVED}, {columns}) SELECT {SEEN.format(key=key)}, {values} FROM {source}"


def _serial(table: str) -> str:
    return f"nextval(pg_get_serial_sequence('registry_{table}', 'id'))"


def _series(name: str, first: int, last: int) -> str:
    return f"generate_series({first}, {last}) {name}"


def _who(base: Base) -> list[str]:
    people = base.prisoners + base.visitors + base.lawyers
    seen = base.prisoners + base.visitors
    kind = f"CASE WHEN i <= {base.prisoners} THEN 'P' WHEN i <= {seen} THEN 'V' ELSE 'L' END"
    return [
        f"INSERT INTO registry_person (id, public_id, created_at)"
        f" SELECT i, gen_random_uuid(), now() FROM {_series('i', 1, people)}",
        _insert(
            "record",
            "id, kind, person_id, home_id, name, mother_name, father_name, birth_date, sex, cpf, phone, address,"
            " name_norm, mother_norm",
            f"i, {kind}, i, i, 'PESSOA FICTICIA ' || i, 'MAE FICTICIA ' || i, '', date '1960-01-01' + (i * 37) % 16000,"
            " 'M', '', '', '', 'PESSOA FICTICIA ' || i, 'MAE FICTICIA ' || i",
            _series("i", 1, people),
        ),
        "INSERT INTO registry_prisoner (record_ptr_id, registration, rji, social_name, gender_identity, race,"
        " indigenous_people, marital_status, schooling, occupation, nationality, birthplace, disabilities, area, email,"
        " registration_norm)"
        " SELECT i, 'M' || i, '', '', '', 'PARDA', '', 'SOLTEIRO_A', '', '', '', '2704302', '{}', '', '', 'M' || i"
        f" FROM {_series('i', 1, base.prisoners)}",
        "INSERT INTO registry_visitor (record_ptr_id, rg, background, rg_norm)"
        f" SELECT i, '', '', '' FROM {_series('i', base.prisoners + 1, seen)}",
        "INSERT INTO registry_lawyer (record_ptr_id, oab_uf, oab_number, oab_kind)"
        f" SELECT i, 'AL', (i - {seen})::text, 'ADVOGADO' FROM {_series('i', seen + 1, people)}",
    ]


def _where(base: Base) -> list[str]:
    """Three past custodies each; three in ten are held now; cells hold about eight people."""
    units, prisoners = _series("i", 1, base.units), _series("i", 1, base.prisoners)
    return [
        _insert(
            "unit",
            "id, public_id, name, acronym, senappen_code, kind, modality, sex, management, municipality",
            "i, gen_random_uuid(), 'Unidade ' || i, '', '', 'FECHADO', 'CELA_FISICA', 'M', '', '2704302'",
            units,
        ),
        _insert("unitcapacity", "unit_id, regime, sex, places", "i, 'FECHADO', 'M', 500", units),
        _custodies(
            f"1 + (i + 131 * n) % {base.units}",
            "now() - interval '400 days' * (n + 1), now() - interval '400 days' * n",
            f"{prisoners}, generate_series(1, 3) n",
            key="i || 'c' || n",
        ),
        _custodies(
            f"CASE WHEN i <= {base.largest} THEN {LARGEST_UNIT} ELSE 1 + i % {base.units} END",
            "now() - interval '1 day' * (1 + i % 390), NULL",
            f"{prisoners} WHERE i % 10 < 3 OR i <= {base.largest}",
            key="i || 'o'",
        ),
    ]


def _moved(base: Base) -> list[str]:
    """Ten movements each, 400 more of the most connected."""
    return [
        _movements(base, f"{_series('i', 1, base.prisoners)}, generate_series(1, 10) n", "m"),
        _movements(base, f"(SELECT {MOST_CONNECTED} AS i) one, generate_series(1, 400) n", "x"),
    ]


def _custodies(unit: str, period: str, source: str, *, key: str) -> str:
    return _insert(
        "custody",
        "unit_id, prisoner_id, wing, cell, situation, regime, justice, arrested_on, started_at, ended_at, faction,"
        " behaviour",
        f"{unit}, i, 'M' || (i / 8) % 12, ((i / 8) % 160)::text, 'CONDENADO', 'FECHADO', 'ESTADUAL',"
        f" current_date - 900, {period}, '', 'BOM'",
        source,
        key=key,
    )


def _movements(base: Base, source: str, mark: str) -> str:
    when = "now() - interval '7 hours' * (n * 40 + i % 300)"
    return _insert(
        "movement",
        "id, prisoner_id, kind, occurred_at, registered_at, unit_from_id, unit_to_id, other_uf, reason, document,"
        " death_cause",
        f"{_serial('movement')}, i, (ARRAY['INC_ORIG', 'MUD_CELA', 'TR_ENT_UF', 'HOSP', 'RET_HOSP'])[1 + n % 5],"
        f" {when}, {when}, 1 + (i + n) % {base.units}, 1 + (i + n + 1) % {base.units}, '', '', '', ''",
        source,
        key=f"i || '{mark}' || n",
    )


def _with_whom(base: Base) -> list[str]:
    """A link and six visits for each visitor; 300 visitors of the most connected; the last lawyer has 3,000 clients."""
    visitors = _series("v", base.prisoners + 1, base.prisoners + base.visitors)
    few = f"(SELECT v FROM {visitors} LIMIT 300) few"
    anyone, first_lawyer = f"1 + (v * 7919::bigint) % {base.prisoners}", base.prisoners + base.visitors + 1
    hub = base.prisoners + base.visitors + base.lawyers
    return [
        *_visiting(base, visitors, anyone, "v"),
        *_visiting(base, few, str(MOST_CONNECTED), "w"),
        _client(f"{first_lawyer} + i % {base.lawyers}", f"{_series('i', 1, base.prisoners)} WHERE i % 5 < 2", "a"),
        _client(str(hub), _series("i", 1, min(3000, base.prisoners)), "b"),
        _insert(
            "lawyerattendance",
            "id, lawyer_id, prisoner_id, unit_id, entered_at, modality",
            f"{_serial('lawyerattendance')}, lawyer_id, prisoner_id, 1, now() - interval '20 days', 'PARLATORIO'",
            "registry_lawyerclient",
            key="'k' || id",
        ),
    ]


def _visiting(base: Base, source: str, prisoner: str, mark: str) -> list[str]:
    entered = "now() - interval '9 days' * n - interval '3 hours'"
    return [
        _insert(
            "visitorlink",
            "visitor_id, prisoner_id, kinship, status, since, suspension_reason",
            f"v, {prisoner}, 'IRMAO', 'ATIVO', current_date - 300, ''",
            source,
            key=f"v || 'l{mark}'",
        ),
        _insert(
            "visit",
            "id, visitor_id, prisoner_id, unit_id, entered_at, left_at, kind",
            f"{_serial('visit')}, v, {prisoner}, 1 + v % {base.units}, {entered}, {entered} + interval '2 hours',"
            " 'SOCIAL'",
            f"{source}, generate_series(0, 5) n",
            key=f"v || '{mark}' || n",
        ),
    ]


def _client(lawyer: str, source: str, mark: str) -> str:
    columns = "lawyer_id, prisoner_id, npu, since"
    return _insert("lawyerclient", columns, f"{lawyer}, i, '', current_date - 200", source, key=f"i || '{mark}'")


def _cases(base: Base) -> str:
    return _insert(
        "case",
        "id, prisoner_id, npu, npu_raw, piece_number, piece_kind, arrest_kind, court, initial_regime, secrecy",
        "i, i, '', 'x', '', 'Guia de recolhimento', 'COND_DEFINITIVA', 'Vara fictícia', 'FECHADO', ''",
        _series("i", 1, base.prisoners),
    )


def _papers(base: Base) -> list[str]:
    everyone = _series("i", 1, base.prisoners)
    return [
        _insert(
            "offence",
            "case_id, law, article, form_code",
            "i, 'CP', '157', 'CP_157'",
            f"{everyone}, generate_series(1, 2) n",
            key="i || 'o' || n",
        ),
        _insert("recordname", "record_id, kind, value, source", "i, 'ALCUNHA', 'VULGO ' || i, ''", everyone),
        _insert(
            "recorddocument",
            "record_id, kind, raw, number, flaw, issuer",
            "i, 'RG', i::text, i::text, '', 'SSP/AL'",
            everyone,
        ),
        _insert(
            "mark", "record_id, kind, body_part, description, photo_key", "i, 'TATUAGEM', '', 'âncora', ''", everyone
        ),
        _insert(
            "workstudy",
            "prisoner_id, nature, vacancy_origin, sector, pay, level, since",
            "i, 'TRABALHO', '', '', '', '', current_date",
            everyone,
        ),
        _insert(
            "fault",
            "prisoner_id, severity, occurred_on, status",
            "i, 'MEDIA', current_date - 90, 'ARQUIVADA'",
            everyone,
        ),
    ]
