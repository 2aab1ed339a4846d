"""Section 6 of the form: whose vacancy, which sector, inside or outside; and what is studied."""

from typing import Final

from registry.figures.declared import Category, Sex, Sum

SECTORS: Final = {"PRIMARIO": "Setor primário", "SECUNDARIO": "Setor secundário", "TERCIARIO": "Setor terciário"}
PLACES: Final = {"EXTERNO": "trabalho externo", "INTERNO": "trabalho interno"}
# Whose vacancy: code, words, first column, and how a state's own words are told apart (POSIX regular expression
# over lower case). The first that fits holds; support of the unit itself is one line of the form.
OWN, PRIVATE, PUBLIC, CHARITY, SUPPORT = "PROPRIA", "PRIVADA", "PUBLICA", "OSC", "APOIO"
VACANCIES: Final = (
    (OWN, "Vaga própria, sem intervenção do sistema", 1126, "pr[oó]pri|artesan"),
    (SUPPORT, "Apoio ao próprio estabelecimento", 1141, "apoio"),
    (PRIVATE, "Parceria com a iniciativa privada", 1144, "privad|empresa"),
    (PUBLIC, "Parceria com outros órgãos públicos", 1159, "p[uú]blic"),
    (CHARITY, "Parceria com organização sem fins lucrativos", 1174, "lucrativ|ong|organiza|entidade"),
)
# In the order in which words are tried: whoever supports the "próprio estabelecimento" has no vacancy of their own.
VACANCY_WORDS: Final = tuple(
    (code, pattern) for code, _, _, pattern in sorted(VACANCIES, key=lambda each: each[0] != SUPPORT)
)
UNSAID: Final = "NAO_INFORMADO"
# What is studied: code, words, column of men, how far that of both sexes is, and how a state's words are told apart.
STUDIES: Final = (
    ("ALFABETIZACAO", "Alfabetização", 1207, 6, "alfabetiza"),
    ("FUNDAMENTAL", "Ensino fundamental", 1214, 6, "fundamental"),
    ("MEDIO", "Ensino médio", 1221, 6, "m[eé]dio"),
    ("SUPERIOR", "Ensino superior", 1228, 6, "superior|gradua"),
    ("TECNICO", "Curso técnico", 1235, 6, "t[eé]cnic"),
    ("FIC", "Formação inicial e continuada", 1242, 6, "inicial|capacita|profission"),
    ("LEITURA", "Remição pela leitura", 1249, 2, ""),
    ("ESPORTE", "Remição pelo esporte", 1252, 2, ""),
    ("COMPLEMENTAR", "Atividades complementares", 1255, 2, "complementar|videoteca|lazer|cultura"),
)

# Of whoever studies at a distance a state's words say so too.
DISTANCE: Final = "dist[aâ]ncia|\\mead\\M"


def labour() -> tuple[Category, ...]:
    """The lines of 6.1."""
    found = []
    for code, words, column, _ in VACANCIES:
        if code == SUPPORT:
            found.append(Category(code, words, "", column, column + 1, column + 2))
            continue
        for at, (sector, name) in enumerate(SECTORS.items()):
            for side, (place, where) in enumerate(PLACES.items()):
                men = column + 5 * at + 2 * side
                found.append(Category(f"{code}_{sector}_{place}", f"{name}, {where}", words, men, men + 1))
    return (*found, Category(UNSAID, "Não informado"))


def labour_sums() -> tuple[Sum, ...]:
    """The totals of 6.1: of each sector of each kind of vacancy, and of work outside and inside."""
    sums = [
        Sum(column + 5 * at + 4, f"{words}, {name}: total", codes=frozenset(f"{code}_{sector}_{p}" for p in PLACES))
        for code, words, column, _ in VACANCIES
        if code != SUPPORT
        for at, (sector, name) in enumerate(SECTORS.items())
    ]
    outside = frozenset(each.code for each in labour() if each.code.endswith("_EXTERNO"))
    inside = frozenset(each.code for each in labour() if each.code.endswith("_INTERNO")) | {SUPPORT}
    for column, words, codes in ((1189, "Trabalho externo", outside), (1191, "Trabalho interno", inside)):
        sums.append(Sum(column, f"{words} masculino", (Sex.MEN,), codes))
        sums.append(Sum(column + 1, f"{words} feminino", (Sex.WOMEN,), codes))
    return tuple(sums)


def studies() -> tuple[Category, ...]:
    """The lines of 6.3 for who attends, present or at a distance; the contract does not tell certificates."""
    found = [
        Category(code, words, "", men, men + 1, None if code in distant() else men + total)
        for code, words, men, total, _ in STUDIES
    ]
    far = [
        Category(distant()[code], f"{words}, a distância", "", men + 2, men + 3)
        for code, words, men, _, _ in STUDIES
        if code in distant()
    ]
    return (*found, Category(UNSAID, "Nível não informado"), *far)


def distant() -> dict[str, str]:
    """What can be studied at a distance: the code of its line with presence → that of its line without."""
    return {code: f"{code}_EAD" for code, _, _, total, _ in STUDIES if total > 2}


def study_sums() -> tuple[Sum, ...]:
    """The totals of 6.3 for what can be studied in both ways."""
    return tuple(
        Sum(men + total, f"{words}: total", codes=frozenset({code, distant()[code]}))
        for code, words, men, total, _ in STUDIES
        if code in distant()
    )
