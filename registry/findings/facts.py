"""The facts that rules look at, gathered once for a batch: temporary tables, read by every rule's query.

`touched` has the records asked for; `checking` the standing records of all persons that these, and the standing
findings about these, belong to. Facts that their state has excluded are in none of the others.
"""

from typing import Final

from django.db.backends.utils import CursorWrapper

from registry.findings.rule import listed, of_effect
from registry.labels import Effect
from registry.services import bulk

ESCAPES: Final = listed(("ABANDONO", "EVASAO", "FUGA"))
STEPS: Final = of_effect(Effect.ENTRY, Effect.EXIT, Effect.TEMPORARY, Effect.RETURN)
EXITS: Final = of_effect(Effect.EXIT)
ENTRIES: Final = of_effect(Effect.ENTRY)

_WIDEN: Final = (
    # Whoever shares a finding with a touched record: what they shared may be gone.
    """INSERT INTO touched SELECT DISTINCT other.record_id FROM touched t
    JOIN registry_findingrecord mine ON mine.record_id = t.record_id
    JOIN registry_finding f ON f.id = mine.finding_id AND f.closed_at IS NULL
    JOIN registry_findingrecord other ON other.finding_id = f.id
    ON CONFLICT DO NOTHING""",
    # The other records of the same persons.
    """INSERT INTO touched SELECT other.id FROM (
        SELECT DISTINCT r.person_id FROM touched t JOIN registry_record r ON r.id = t.record_id) person
    JOIN registry_record other ON other.person_id = person.person_id
    ON CONFLICT DO NOTHING""",
)
# name, columns, how it is filled
_FACTS: Final = (
    (
        "checking",
        "record_id bigint PRIMARY KEY, person_id bigint, kind text, origin_id bigint, uf text, zone text,"
        " birth_date date, sex text, cpf text, name_norm text, mother_norm text",
        """SELECT r.id, r.person_id, r.kind, r.origin_id, o.uf, o.timezone, r.birth_date, r.sex, r.cpf, r.name_norm,
            r.mother_norm
        FROM touched t JOIN registry_record r ON r.id = t.record_id JOIN registry_origin o ON o.id = r.origin_id
        WHERE r.removed_at IS NULL""",
    ),
    (
        "checking_custody",
        "id bigint, record_id bigint, person_id bigint, origin_id bigint, uf text, zone text, unit_id bigint,"
        " modality text, started_at timestamptz, ended_at timestamptz, arrested_on date",
        """SELECT k.id, c.record_id, c.person_id, c.origin_id, c.uf, c.zone, k.unit_id, u.modality, k.started_at,
            k.ended_at, k.arrested_on
        FROM checking c JOIN registry_custody k ON k.prisoner_id = c.record_id JOIN registry_unit u ON u.id = k.unit_id
        WHERE c.kind = 'P' AND k.removed_at IS NULL""",
    ),
    (
        "checking_move",
        "id bigint, record_id bigint, person_id bigint, origin_id bigint, uf text, zone text, kind text,"
        " at timestamptz, is_step boolean, is_entry boolean, is_exit boolean",
        f"""SELECT m.id, c.record_id, c.person_id, c.origin_id, c.uf, c.zone, m.kind, m.occurred_at,
            m.kind IN {STEPS}, m.kind IN {ENTRIES}, m.kind IN {EXITS}
        FROM checking c JOIN registry_movement m ON m.origin_id = c.origin_id AND m.prisoner_id = c.record_id
        WHERE c.kind = 'P' AND m.removed_at IS NULL""",
    ),
    # The last step that each origin tells of a person, and whether it is the last of all.
    (
        "checking_last",
        "person_id bigint, origin_id bigint, record_id bigint, zone text, kind text, at timestamptz, newest boolean",
        """SELECT person_id, origin_id, record_id, zone, kind, at,
            row_number() OVER (PARTITION BY person_id ORDER BY at DESC, id DESC) = 1
        FROM (SELECT DISTINCT ON (person_id, origin_id) * FROM checking_move WHERE is_step
            ORDER BY person_id, origin_id, at DESC, id DESC) told""",
    ),
    # Open custodies; `fled`: the origin has itself written down an escape since.
    (
        "checking_open",
        "record_id bigint, person_id bigint, origin_id bigint, uf text, zone text, unit_id bigint, modality text,"
        " started_at timestamptz, fled boolean",
        f"""SELECT k.record_id, k.person_id, k.origin_id, k.uf, k.zone, k.unit_id, k.modality, k.started_at,
            coalesce(l.kind IN {ESCAPES} AND l.at >= k.started_at, false)
        FROM checking_custody k LEFT JOIN checking_last l USING (person_id, origin_id) WHERE k.ended_at IS NULL""",
    ),
    # The first day on which anybody says that the person died, and who says so.
    (
        "checking_death",
        "person_id bigint PRIMARY KEY, record_id bigint, died_on date",
        """SELECT DISTINCT ON (person_id) person_id, record_id, died_on FROM (
            SELECT c.person_id, c.record_id, p.died_on
            FROM checking c JOIN registry_prisoner p ON p.record_ptr_id = c.record_id WHERE p.died_on IS NOT NULL
            UNION ALL
            SELECT person_id, record_id, (at AT TIME ZONE zone)::date FROM checking_move WHERE kind = 'OBITO') told
        ORDER BY person_id, died_on, record_id""",
    ),
)


def prepare(cursor: CursorWrapper) -> None:
    """Make the empty table of the records to check, which the caller fills."""
    # Compiling some thirty statements would take longer than running them.
    cursor.execute("SET LOCAL jit = off")
    bulk.temporary(cursor, "touched", "record_id bigint PRIMARY KEY")


def gather(cursor: CursorWrapper) -> None:
    """Widen `touched` to all that its records' findings depend on, and fill the tables of facts."""
    for statement in _WIDEN:
        bulk.analyse(cursor, "touched")
        cursor.execute(statement)
    bulk.analyse(cursor, "touched")
    for name, columns, filling in _FACTS:
        bulk.temporary(cursor, name, columns)
        cursor.execute(f"INSERT INTO {name} {filling}")
        bulk.analyse(cursor, name)


def prepare_units(cursor: CursorWrapper, origins: list[int]) -> None:
    """The units of these origins that their state still has: `checking_unit(unit_id, origin_id)`."""
    cursor.execute("SET LOCAL jit = off")
    bulk.temporary(cursor, "checking_unit", "unit_id bigint PRIMARY KEY, origin_id bigint")
    cursor.execute(
        "INSERT INTO checking_unit SELECT id, origin_id FROM registry_unit"
        " WHERE removed_at IS NULL AND origin_id = ANY(%s)",
        [origins],
    )
    bulk.analyse(cursor, "checking_unit")
