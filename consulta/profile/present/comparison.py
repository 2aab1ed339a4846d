"""The records side by side, in words."""

from typing import Any, Final

from consulta.wording import KINDS, chip, masked_cpf
from registry.selectors.people.comparison import Cell, Comparison
from registry.selectors.people.subject import Subject

LABELS: Final = {
    "name": "Nome", "mother_name": "Mãe", "father_name": "Pai", "birth_date": "Nascimento", "sex": "Sexo",
    "cpf": "CPF", "phone": "Telefone", "address": "Endereço", "registration": "Matrícula", "rji": "RJI",
    "social_name": "Nome social", "race": "Cor ou raça", "indigenous_people": "Etnia indígena",
    "marital_status": "Estado civil", "schooling": "Escolaridade", "occupation": "Profissão",
    "nationality": "Nacionalidade", "birthplace": "Naturalidade", "disabilities": "Deficiências",
    "children": "Filhos", "area": "Procedência", "email": "E-mail", "died_on": "Óbito", "rg": "RG",
    "background": "Antecedentes", "oab_uf": "UF da OAB", "oab_number": "Número da OAB", "oab_kind": "Inscrição na OAB",
}  # fmt: skip
_DAYS: Final = frozenset({"birth_date", "died_on"})


def comparison_card(found: Comparison, subject: Subject) -> dict[str, Any]:
    """What `_comparison.html` prints."""
    return {
        "columns": [
            {
                "source": chip(column.source, subject.now),
                "kind": KINDS[column.kind],
                "key": column.origin_key,
                "withdrawn": column.withdrawn,
            }
            for column in found.columns
        ],
        "rows": [
            {
                "label": LABELS[line.field],
                "differs": line.differs,
                "cells": [{"text": _text(line.field, cell), "differs": cell.differs} for cell in line.cells],
            }
            for line in found.lines
        ],
        "differing": sum(line.differs for line in found.lines),
    }


def _text(field: str, cell: Cell) -> str:
    if field == "cpf":
        return masked_cpf(cell.text)
    return "/".join(reversed(cell.text.split("-"))) if field in _DAYS else cell.text
