"""What the form asks in words (can a datum be had, does anybody work or study), and what no record tells."""

from typing import Final, NamedTuple

from registry.figures import catalogue as of
from registry.figures.declared import Figure

# As the published bases word them.
ALL: Final = "Sim, para todas as pessoas privadas de liberdade"
SOME: Final = "Sim, para parte das pessoas privadas de liberdade"
NONE: Final = "Não"
YES: Final = "Sim"


class Question(NamedTuple):
    """A column that asks whether a figure's datum can be had: of how many people it is known says so."""

    column: int
    figure: Figure
    text: str = "O estabelecimento tem condições de obter estas informações em seus registros?"


class Asked(NamedTuple):
    """A column that asks whether there is anybody, or anything, that a figure counts. `none`: the answer if there is
    nothing, None where that would not tell "none" from "not kept".
    """

    column: int
    figure: Figure
    text: str
    none: str | None = None


QUESTIONS: Final = (
    Question(470, of.AGE), Question(498, of.RACE), Question(523, of.AREA), Question(530, of.MARITAL),
    Question(580, of.SCHOOLING), Question(638, of.NATIONALITY), Question(879, of.CHILDREN), Question(908, of.SENTENCE),
    Question(934, of.REMAINING), Question(959, of.OFFENCES), Question(1193, of.PAY),
)  # fmt: skip
EXISTENCE: Final = (
    Asked(437, of.PROVISIONAL, "O estabelecimento tem controle de quantos provisórios têm mais de 90 dias de prisão?"),
    Asked(1125, of.LABOUR, "Há pessoas em atividades laborterápicas?", NONE),
    Asked(1206, of.STUDY, "Há pessoas em atividades educacionais?", NONE),
    Asked(1318, of.VISITS, "O estabelecimento registra visitas?"),
)


class Absent(NamedTuple):
    """Columns that no record of the contract answers, and why."""

    section: str
    title: str
    columns: frozenset[int]
    why: str


def _columns(*spans: int | tuple[int, int]) -> frozenset[int]:
    found: set[int] = set()
    for span in spans:
        found |= {span} if isinstance(span, int) else {*range(span[0], span[1] + 1)}
    return frozenset(found)


_BUILDING: Final = "o contrato descreve pessoas e vagas, não o prédio nem os seus serviços"
_STAFF: Final = "servidores e equipes não estão no contrato"
_HEALTH: Final = "prontuário médico não é pedido aos estados"
_PAPER: Final = "pergunta sobre papéis do estabelecimento"
ABSENT: Final = (
    Absent("", "Identificação: preenchimento, situação, endereço, bairro, CEP, âmbito e telefone",
           _columns(0, 3, (5, 8), 12), "o contrato identifica a unidade por nome, município e código"),
    Absent("1.3", "Outras vagas (quais) e celas não aptas", _columns(33, 39), "o contrato conta vagas, não celas"),
    Absent("1.5 a 1.9", "Terceirização, inauguração e regimento", _columns((44, 59)), _BUILDING),
    Absent("2.1 a 2.19", "Infraestrutura", _columns((60, 200)), _BUILDING),
    Absent("3.1 a 3.3", "Servidores, equipes e assistência jurídica", _columns((201, 392)), _STAFF),
    Absent("4.3 e 4.4", "À espera de vaga no semiaberto; atestado de pena", _columns((440, 445)),
           "decisões de progressão e atestados não estão no contrato"),
    Absent("5.2", "Idioma de pessoas indígenas", _columns(521), "o contrato informa o povo, não o idioma"),
    Absent("5.5", "Se há como obter quem tem deficiência", _columns(555),
           "quem não tem e quem não informou são iguais nos registros"),
    Absent("5.5", "Cadeirantes", _columns((565, 567)), "o contrato não informa quem é cadeirante"),
    Absent("5.7", "Documentação física", _columns(614, 615), _PAPER),
    Absent("5.9", "Crianças no estabelecimento", _columns((871, 878)), "crianças não estão no contrato"),
    Absent("5.12 e 5.14", "Como a informação é registrada", _columns(909, 960), _PAPER),
    Absent("6.3", "Certificados do período",
           _columns(*((men + 4, men + 5) for men in range(1207, 1243, 7))), "o contrato não informa certificados"),
    Absent("6.5", "Auxílio-reclusão", _columns((1260, 1263)), "benefícios não estão no contrato"),
    Absent("6.6 e 6.7", "Saúde", _columns((1264, 1302)), _HEALTH),
    Absent("7.5", "Visitas de inspeção", _columns((1322, 1330)), "inspeções não estão no contrato"),
)  # fmt: skip
