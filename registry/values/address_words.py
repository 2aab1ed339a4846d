"""Words of Brazilian addresses and how they are shortened.

Types of street after the table of the Correios (DNE) and CadÚnico; titles after usual street names.
"""

from __future__ import annotations

from typing import Final


def _table(lines: str) -> dict[str, str]:
    """`AVENIDA AV AVE` → each short form, and the word itself, to the word."""
    rows = [line.split() for line in lines.strip().splitlines()]
    return {form: row[0] for row in rows for form in row}


STREETS: Final = _table("""
    RUA R
    AVENIDA AV AVE AVEN
    TRAVESSA TV TRAV TRV TR
    ALAMEDA AL ALAM
    PRACA PC PCA PRC PR
    RODOVIA ROD RDV
    ESTRADA EST ESTR
    LARGO LG LGO LRG
    LADEIRA LAD LD
    BECO BC
    VIELA VEL
    VIA
    VILA VL
    QUADRA QD QDA QUAD
    CONJUNTO CJ CONJ CJTO
    LOTEAMENTO LOT
    RESIDENCIAL RES RESID
    CONDOMINIO COND
    SITIO SIT
    FAZENDA FAZ
    CHACARA CHA
    POVOADO POV
    DISTRITO DIST
    PASSAGEM PSG PAS
    ACESSO ACS
    RAMAL
    COLONIA COL
    ASSENTAMENTO ASS
    ALDEIA ALD
    TERMINAL
    SETOR ST
    QNM
    QNN
    QNL
    QR
    QS
    SQN
    SQS
    SHIS
    SHIN
""")

COMPLEMENTS: Final = _table("""
    APARTAMENTO APTO AP APT APART
    BLOCO BL BLC
    CASA CS
    FUNDOS FD FDS FUNDO
    LOTE LT LTE
    QUADRA QD QDA QUAD
    CONJUNTO CJ CONJ
    ANDAR AND
    SALA SL
    LOJA LJ
    SOBRADO SOB
    TERREO TER
    ALTOS
    PORAO
    KITNET KIT KITNETE
    EDIFICIO ED EDIF
    TORRE
    KM
    BOX
    GALPAO
    COMPLEMENTO COMPL
""")

WORDS: Final = _table("""
    CORONEL CEL
    CAPITAO CAP
    GENERAL GAL GEN
    MARECHAL MAL
    MAJOR MAJ
    TENENTE TEN
    SARGENTO SGT
    ALMIRANTE ALM
    BRIGADEIRO BRIG
    COMENDADOR COM
    DOUTOR DR
    DOUTORA DRA
    PROFESSOR PROF
    PROFESSORA PROFA
    ENGENHEIRO ENG
    PRESIDENTE PRES
    GOVERNADOR GOV
    SENADOR SEN
    DEPUTADO DEP
    VEREADOR VER
    PREFEITO PREF
    DESEMBARGADOR DES
    MINISTRO MIN
    PADRE PE
    MONSENHOR MONS
    SANTA STA
    SANTO STO
    NOSSA NSA
    SENHORA SRA
    SENHOR SR
    JARDIM JD JDM
    PARQUE PQ PRQ PQE
    VILA VL
    CONJUNTO CONJ CJ
    LOTEAMENTO LOT
    RESIDENCIAL RES RESID
""")

# Roads named after numbers are written both ways.
NUMBERS: Final = _table("""
    1 UM PRIMEIRO
    2 DOIS
    3 TRES
    4 QUATRO
    5 CINCO
    6 SEIS
    7 SETE
    8 OITO
    9 NOVE
    10 DEZ
    11 ONZE
    12 DOZE
    13 TREZE
    14 QUATORZE CATORZE
    15 QUINZE
    16 DEZESSEIS
    17 DEZESSETE
    18 DEZOITO
    19 DEZENOVE
    20 VINTE
""")

# What stands in the field when there is no address.
NOWHERE: Final = frozenset({
    "NAO INFORMADO", "NAO INFORMADA", "NAO DECLARADO", "NAO CONSTA", "NADA CONSTA", "IGNORADO", "DESCONHECIDO",
    "SEM INFORMACAO", "SEM ENDERECO", "SEM RESIDENCIA", "SEM RESIDENCIA FIXA", "SEM ENDERECO FIXO",
    "SITUACAO DE RUA", "EM SITUACAO DE RUA", "MORADOR DE RUA", "PESSOA EM SITUACAO DE RUA", "INCERTO", "NI", "NC",
    "XXX", "LUGAR INCERTO E NAO SABIDO",
})  # fmt: skip
