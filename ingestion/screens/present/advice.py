"""What a state should do about a field: one sentence for each kind of fault, the largest count first."""

from typing import Final

from ingestion.models import FieldQuality
from registry.selectors.quality import Fault
from senappen.lib.wording import count

FAULTS: Final[dict[Fault, str]] = {
    Fault.UNREADABLE: "com número que não confere (dígitos ou formato): corrija na origem, ou deixe vazio.",
    Fault.BIRTH: "com nascimento impossível (futuro, menor de idade preso ou há mais de 120 anos): confira a data e o"
    " formato dela no mapeamento.",
    Fault.FUTURE: "com data no futuro: confira o formato da data, o fuso do mapeamento e o relógio do sistema.",
    Fault.ENDS_BEFORE: "com fim antes do começo: corrija uma das duas datas na origem.",
    Fault.REGISTERED_BEFORE: "registradas antes do fato: confira se as duas datas não estão trocadas.",
    Fault.AGAINST_SEX: "que contradizem o sexo informado: corrija o sexo ou este campo.",
    Fault.TWO_OPEN: "de presos com mais de uma custódia em aberto: informe a saída das anteriores.",
    Fault.AFTER_RELEASE: "depois da última saída do preso: falta uma inclusão, ou a saída está errada.",
    Fault.AFTER_DEATH: "depois do óbito do preso: confira a data do óbito e a da movimentação.",
    Fault.SHARED_CPF: "com CPF que também está em outra pessoa, deste ou de outro estado: confira de quem é.",
    Fault.DIVERGES: "em que outro registro da mesma pessoa diz outra coisa: confira com o documento.",
}


def advice(field: FieldQuality) -> list[str]:
    """Complete sentences in pt-BR; empty for a field without a fault."""
    empty = max(0, field.expected - field.informed)
    found = [(int(number), _rows(int(number), FAULTS[Fault(fault)])) for fault, number in field.faults.items()]
    found += [
        (empty, _empty(empty, field)),
        (field.uncoded, _rows(field.uncoded, "com código que o contrato não tem: traduza-o no mapeamento.")),
        (field.missing, _rows(field.missing, "na quarentena por vir sem este campo, que é obrigatório.")),
        (field.rejected, _rows(field.rejected, "na quarentena por outro defeito deste campo: veja os motivos.")),
    ]
    return [sentence for number, sentence in sorted(found, key=lambda one: -one[0]) if number]


def _empty(number: int, field: FieldQuality) -> str:
    if not field.informed:
        return "Nunca veio preenchido: inclua-o na visão e no mapeamento, se o estado tiver o dado."
    return _rows(number, "sem este campo: complete o cadastro na origem.")


def _rows(number: int, rest: str) -> str:
    return f"{count(number, 'linha', 'linhas')} {rest}"
