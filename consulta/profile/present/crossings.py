"""The card of a person's crossings."""

from typing import Any, Final

from consulta.crossing.present import brief, row
from registry.selectors.crossing import CrossingSeen
from registry.selectors.crossing.of_person import PersonCrossings
from registry.selectors.people.subject import Subject
from senappen.lib.wording import thousands

_FILLER: Final = {"T": "Telefone", "E": "Endereço"}


def crossings_card(found: PersonCrossings, subject: Subject) -> dict[str, Any]:
    """Each crossing told from this person's side."""
    return {
        "rows": [_row(one, subject) for one in found.rows],
        "crowds": [
            f"{_FILLER[kind]} desta ficha é comum a {thousands(persons)} pessoas: preenchimento, desconsiderado."
            for kind, persons in found.crowds
        ],
    }


def _row(one: CrossingSeen, subject: Subject) -> dict[str, Any]:
    told = row(one)
    others = [person for person in (one.person, one.other) if person and person.public_id != subject.public_id]
    return told | {"other": brief(others[0]) if others else None}
