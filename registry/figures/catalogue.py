"""Every figure of the Levantamento that records can answer, each declared once.

References: section of the form (SISDEPEN/Infopen, cycle of December 2021) and, where one rules, the law.
"""

from typing import Final

from registry.figures.declared import Category, Counted, Figure, Sex, Span, Sum
from registry.figures.form_columns import by_sex, categories
from registry.figures.keys import REGIMES
from registry.figures.work import UNSAID, labour, labour_sums, studies, study_sums
from registry.labels import choices, label

HELD: Final = "pessoas sob custódia no fim do dia"
CONVICTS: Final = "pessoas condenadas (fechado, semiaberto e aberto) no fim do dia"
PROVISIONALS: Final = "pessoas presas sem condenação no fim do dia"
NO_LINE: Final = "SEM_LINHA"
WITH_INFO, WITHOUT_INFO = "PESSOAS_COM_INFO", "PESSOAS_SEM_INFO"
DISABLED: Final = "VAGAS_DESATIVADAS"
WHEELCHAIR: Final = 4
UFS: Final = tuple(each.code for each in choices("uf"))  # their order is stored: the contract only appends


def _held(number: int, id_: str, section: str, title: str, lines: tuple[Category, ...], **more: object) -> Figure:
    values = {"counted": Counted.PEOPLE, "span": Span.AS_OF, "population": HELD, "reference": f"Formulário, {section}"}
    return Figure(number, id_, section, title, categories=lines, **{**values, **more})  # type: ignore[arg-type]


def _flow(number: int, id_: str, section: str, title: str, lines: tuple[Category, ...], **more: object) -> Figure:
    values = {"counted": Counted.EVENTS, "span": Span.PERIOD, "population": "movimentações do período"}
    values["reference"] = f"Formulário, {section}" if section else "Lei 12.714/2012, art. 2º"
    return Figure(number, id_, section, title, categories=lines, **{**values, **more})  # type: ignore[arg-type]


def _places() -> tuple[Category, ...]:
    # The contract's codes of regimes, in the form's order; places put out of use are of the unit's sex, if it has one.
    codes = ("PROVISORIO", "FECHADO", "SEMIABERTO", "ABERTO", "RDD", "MEDIDA_SEGURANCA", "OUTRO")
    form = categories("capacidade", total=1)
    lines = tuple(Category(code, c.text, "", c.men, c.women, c.total) for code, c in zip(codes, form, strict=False))
    return (*lines, Category(DISABLED, "Vagas desativadas", men=40, women=41, total=42))


def _population() -> tuple[Category, ...]:
    courts = ("ESTADUAL", "FEDERAL", "OUTROS")
    form = categories("populacao")
    lines = [
        Category(f"{regime}_{court}", str(label("justica", court)), str(label("regime", regime)), each.men, each.women)
        for (regime, court), each in zip(((r, c) for r in REGIMES for c in courts), form, strict=True)
    ]
    return (*lines, Category(UNSAID, "Regime ou justiça não informados"))


def _population_sums() -> tuple[Sum, ...]:
    sums = []
    for at, regime in enumerate(REGIMES):
        codes = frozenset(f"{regime}_{court}" for court in ("ESTADUAL", "FEDERAL", "OUTROS"))
        sums.append(Sum(399 + 7 * at, f"{label('regime', regime)}: total", codes=codes))
    return (*sums, Sum(435, "Total"))


def _disabilities() -> tuple[Category, ...]:
    """The form's lines; that of wheelchairs keeps its number and fills no column, since the contract does not tell."""
    lines = categories("deficiencia", total=1)
    return tuple(Category(c.code, c.text) if at == WHEELCHAIR else c for at, c in enumerate(lines, start=1))


_NOT_INFORMED: Final = (Category(UNSAID, "Não informado"),)
_BRACKETS: Final = {"population": CONVICTS, "missing": "NUMERO_DE_PESSOAS_SEM_INFORMACAO"}

CAPACITY: Final = _held(
    1, "capacidade", "1.3", "Vagas", _places(), counted=Counted.PLACES, population="vagas informadas pela origem",
    apart=frozenset({DISABLED}), sums=(Sum(37, "Total masculino", (Sex.MEN,)), Sum(38, "Total feminino", (Sex.WOMEN,))),
)  # fmt: skip
POPULATION: Final = _held(
    2, "populacao", "4.1", "População por regime e justiça", _population(), missing=UNSAID, sums=_population_sums(),
    note="Quem é condenado e também provisório conta como condenado.",
)  # fmt: skip
RDD: Final = _held(
    3, "rdd", "4.1", "Em regime disciplinar diferenciado", (Category("RDD", "Em RDD", total=436),),
    reference="Formulário, 4.1; LEP, art. 52",
)  # fmt: skip
PROVISIONAL: Final = _held(
    4, "provisorios", "4.2", "Provisórios por tempo de prisão",
    (Category("MAIS_DE_90", "Mais de 90 dias", men=438, women=439), Category("ATE_90", "Até 90 dias")),
    population=PROVISIONALS, reference="Formulário, 4.2; CPP, art. 316, parágrafo único",
)  # fmt: skip
AGE: Final = _held(
    5, "idade", "5.1", "Faixa etária", categories("faixa_etaria", total=1), missing=UNSAID, sums=by_sex(495, 496, 497)
)
RACE: Final = _held(
    6, "raca", "5.2", "Cor de pele, raça ou etnia", categories("raca_cor", total=1), missing=UNSAID,
    sums=by_sex(517, 518, 519),
)  # fmt: skip
AREA: Final = _held(7, "procedencia", "5.3", "Procedência", categories("procedencia") + _NOT_INFORMED, missing=UNSAID)
MARITAL: Final = _held(
    8, "estado_civil", "5.4", "Estado civil", categories("estado_civil", total=1), missing=UNSAID,
    sums=by_sex(552, 553, 554),
)  # fmt: skip
DISABILITY: Final = _held(
    9, "deficiencia", "5.5", "Pessoas com deficiência", _disabilities(), exclusive=False,
    untold=frozenset({_disabilities()[WHEELCHAIR - 1].code}),
    sums=by_sex(577, 578, 579),  # of all lines, so that everybody counts at least twice, as it is published
    note="O contrato não informa quem é cadeirante.",
)  # fmt: skip
SCHOOLING: Final = _held(
    10, "escolaridade", "5.6", "Grau de instrução", categories("escolaridade", total=1), missing=UNSAID,
    sums=by_sex(611, 612, 613),
)  # fmt: skip
DOCUMENTS: Final = _held(
    11, "documentos", "5.7", "Documentos pessoais", categories("documentos"), exclusive=False,
    note="A Carteira de Identidade Nacional conta como C.P.F., cujo número é o seu (Lei 14.534/2023).",
)  # fmt: skip
NATIONALITY: Final = _held(
    12, "nacionalidade", "5.8", "Nacionalidade", categories("nacionalidade"), exclusive=False,
    missing="SEM_INFORMACAO_SOBRE_A_NACIONALIDADE", apart=frozenset({"ESTRANGEIROS_TOTAL"}),
)  # fmt: skip
CHILDREN: Final = _held(13, "filhos", "5.10", "Número de filhos", categories("numero_filhos"), missing="SEM_INFORMACAO")
VISITED: Final = _held(
    14, "visitantes", "5.11", "Com visitantes cadastrados",
    (Category("COM", "Com visitante cadastrado", men=906, women=907), Category("SEM", "Sem visitante cadastrado")),
)  # fmt: skip
SENTENCE: Final = _held(15, "pena", "5.12", "Tempo total de penas", categories("tempo_total_pena"), **_BRACKETS)
REMAINING: Final = _held(
    16, "pena_restante", "5.13", "Tempo de pena remanescente", categories("tempo_pena_remanescente"), **_BRACKETS,
    note="Estimativa: pena total menos dias remidos e tempo cumprido, que é o desde a prisão ou, se maior, a detração "
    "mais o tempo desde a sentença.",
    reference="Formulário, 5.13; CP, art. 42; LEP, art. 126",
)  # fmt: skip
_OFFENCE_LINES: Final = categories("incidencia_penal", total=1)
# The form adds up its own lines: those of people with and without information too, and no line that it lacks.
_ALL_LINES: Final = frozenset(each.code for each in _OFFENCE_LINES)
OFFENCES: Final = _held(
    17, "crimes", "5.14", "Incidências por tipo penal", (*_OFFENCE_LINES, Category(NO_LINE, "Sem linha no formulário")),
    counted=Counted.INCIDENCES, exclusive=False, apart=frozenset({WITH_INFO, WITHOUT_INFO}),
    sums=(
        Sum(1123, "Soma das linhas, masculino", (Sex.MEN,), _ALL_LINES),
        Sum(1124, "Soma das linhas, feminino", (Sex.WOMEN,), _ALL_LINES),
    ),
    note="Conta incidências, não pessoas: quem responde por dois crimes aparece em duas linhas.",
)  # fmt: skip
LABOUR: Final = _held(
    18, "trabalho", "6.1", "Trabalho", labour(), missing=UNSAID, sums=labour_sums(),
    population="pessoas que trabalham no fim do dia", reference="Formulário, 6.1; LEP, arts. 28 a 37",
)  # fmt: skip
PAY: Final = _held(
    19, "remuneracao", "6.2", "Remuneração", categories("remuneracao"), missing="SEM_INFORMACAO",
    population="pessoas que trabalham no fim do dia", reference="Formulário, 6.2; LEP, art. 29",
)  # fmt: skip
STUDY: Final = _held(
    20, "estudo", "6.3", "Estudo", studies(), missing=UNSAID, exclusive=False, sums=study_sums(),
    population="pessoas que estudam no fim do dia", reference="Formulário, 6.3; LEP, arts. 17 a 21",
    note="O contrato não informa certificados: os totais somam quem estuda, presente ou a distância.",
)  # fmt: skip
WORK_AND_STUDY: Final = _held(
    21, "trabalho_e_estudo", "6.4", "Trabalham e estudam",
    (Category("AMBOS", "Trabalham e estudam", men=1258, women=1259),),
)  # fmt: skip

MOVEMENTS: Final = _flow(
    40, "movimentacao", "4.5", "Entradas e saídas",
    (
        *categories("movimentacao", total=1),
        Category("OUTRAS_ENTRADAS", "Outras entradas", "Entradas"),
        Category("OUTRAS_SAIDAS", "Outras saídas", "Saídas"),
    ),
    note="Recaptura está em outras entradas; livramento, fuga e evasão estão em outras saídas.",
)  # fmt: skip
DEATHS: Final = _flow(
    41, "obitos", "6.8", "Óbitos por causa", categories("obito", total=1), missing="OBITOS_COM_CAUSA_DESCONHECIDA",
    counted=Counted.PEOPLE,
)  # fmt: skip
VISITS: Final = _flow(
    42, "visitas", "7.3", "Visitas", (Category("VISITAS", "Visitas registradas", total=1319),),
    population="visitas do período",
)  # fmt: skip
RECEIVED: Final = _flow(
    43, "visitados", "7.3", "Pessoas que receberam visita",
    (Category("VISITADAS", "Pessoas que receberam visita", men=1320, women=1321),), counted=Counted.PEOPLE,
    population="pessoas visitadas ao menos uma vez no período",
    note="Não se soma dia a dia: cada pessoa conta uma vez no período inteiro.",
)  # fmt: skip
_OTHER_UFS: Final = (*(Category(uf, uf) for uf in UFS), Category(UNSAID, "UF não informada"))
SENT: Final = _flow(44, "enviados", "", "Transferidos para outras UFs", _OTHER_UFS, missing=UNSAID)
TAKEN_IN: Final = _flow(45, "recebidos", "", "Recebidos de outras UFs", _OTHER_UFS, missing=UNSAID)

STOCKS: Final = (
    CAPACITY, POPULATION, RDD, PROVISIONAL, AGE, RACE, AREA, MARITAL, DISABILITY, SCHOOLING, DOCUMENTS, NATIONALITY,
    CHILDREN, VISITED, SENTENCE, REMAINING, OFFENCES, LABOUR, PAY, STUDY, WORK_AND_STUDY,
)  # fmt: skip
FLOWS: Final = (MOVEMENTS, DEATHS, VISITS, RECEIVED, SENT, TAKEN_IN)
FIGURES: Final = {figure.id: figure for figure in STOCKS + FLOWS}
