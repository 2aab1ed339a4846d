"""Rules on who is who: what two people share, and what one person has too many of."""

from typing import Final

from registry.findings.rule import Kind, Rule, Subject
from registry.models import Severity

# Of those who share a value, so many records are named: one of each person first, then the others.
MOST: Final = 20
# `touched` gives the values of the records in `checking`, `member` all the records that have each. One more than is
# named is kept, so that the loss of any of them is noticed. Whoever is not among those of a crowd is none of the
# finding's: it is told whole, with all values that the same records share, only when one of its own is in `checking`.
_SHARED: Final = f"""
WITH touched AS ({{touched}}), member AS ({{member}}),
shared AS (SELECT value FROM member GROUP BY value HAVING count(DISTINCT person_id) > 1),
counted AS (
    SELECT m.*, row_number() OVER (PARTITION BY value, person_id ORDER BY record_id) AS nth
    FROM member m JOIN shared USING (value)),
placed AS (SELECT *, row_number() OVER (PARTITION BY value ORDER BY nth, record_id) AS place FROM counted),
sharing AS (
    SELECT value, array_agg(record_id ORDER BY record_id) AS records, count(DISTINCT placed.person_id) AS people
    FROM placed LEFT JOIN checking c USING (record_id) WHERE place <= {MOST + 1}
    GROUP BY value HAVING bool_or(c.person_id IS NOT NULL))
SELECT records, jsonb_build_object('people', max(people), 'values', count(*)) FROM sharing GROUP BY records
"""


def _shared(touched: str, member: str) -> str:
    return _SHARED.replace("{touched}", touched).replace("{member}", member)


_CPF: Final = _shared(
    """SELECT cpf FROM checking WHERE cpf <> '' UNION
    SELECT d.number FROM checking c JOIN registry_recorddocument d USING (record_id)
    WHERE d.kind IN ('CPF', 'CIN') AND d.number <> '' AND d.removed_at IS NULL""",
    """SELECT t.cpf AS value, r.id AS record_id, r.person_id FROM touched t JOIN registry_record r ON r.cpf = t.cpf
    WHERE r.cpf <> '' AND r.removed_at IS NULL UNION
    SELECT t.cpf, r.id, r.person_id FROM touched t JOIN registry_recorddocument d ON d.number = t.cpf
    JOIN registry_record r ON r.id = d.record_id
    WHERE d.kind IN ('CPF', 'CIN') AND d.number <> '' AND d.removed_at IS NULL AND r.removed_at IS NULL""",
)
_RJI: Final = _shared(
    "SELECT DISTINCT p.rji FROM checking c JOIN registry_prisoner p ON p.record_ptr_id = c.record_id WHERE p.rji <> ''",
    """SELECT t.rji AS value, r.id AS record_id, r.person_id FROM touched t JOIN registry_prisoner p ON p.rji = t.rji
    JOIN registry_record r ON r.id = p.record_ptr_id WHERE p.rji <> '' AND r.removed_at IS NULL""",
)
_PHOTO: Final = _shared(
    """SELECT DISTINCT p.sha256 FROM checking c JOIN registry_photo p USING (record_id)
    WHERE p.sha256 <> '' AND p.removed_at IS NULL""",
    """SELECT DISTINCT t.sha256 AS value, r.id AS record_id, r.person_id
    FROM touched t JOIN registry_photo p USING (sha256) JOIN registry_record r ON r.id = p.record_id
    WHERE p.removed_at IS NULL AND r.removed_at IS NULL""",
)
# A single word names nobody, and "não informado" is no mother.
_NAMED: Final = "name_norm LIKE '% %' AND mother_norm LIKE '% %' AND mother_norm !~ '^(NAO|SEM|MAE|N) '"
_HOMONYMS: Final = _shared(
    f"SELECT DISTINCT name_norm, mother_norm FROM checking WHERE {_NAMED}",
    """SELECT t.name_norm || '|' || t.mother_norm AS value, r.id AS record_id, r.person_id
    FROM touched t JOIN registry_record r USING (name_norm, mother_norm) WHERE r.removed_at IS NULL""",
)
_TWO_CPFS: Final = """
SELECT array_agg(record_id), jsonb_build_object('numbers', count(DISTINCT cpf)) FROM checking
WHERE cpf <> '' GROUP BY person_id HAVING count(DISTINCT cpf) > 1
"""
_TWO_SEXES: Final = """
SELECT array_agg(record_id), jsonb_build_object('records', count(*)) FROM checking
WHERE sex IN ('M', 'F') GROUP BY person_id HAVING count(DISTINCT sex) > 1
"""
# Records of one person that agree neither on the mother nor on the birth, nor share a CPF.
_WEAK: Final = """
SELECT (SELECT array_agg(DISTINCT one) FROM unnest(array_agg(a.record_id) || array_agg(b.record_id)) one),
    jsonb_build_object('pairs', count(*))
FROM checking a JOIN checking b ON b.person_id = a.person_id AND b.record_id > a.record_id
WHERE a.birth_date <> b.birth_date AND a.mother_norm <> b.mother_norm AND a.mother_norm <> '' AND b.mother_norm <> ''
    AND (a.cpf = '' OR b.cpf = '' OR a.cpf <> b.cpf)
GROUP BY a.person_id
"""
_INVALID: Final = """
SELECT ARRAY[c.record_id], jsonb_build_object('documents', count(*), 'kinds', jsonb_agg(DISTINCT d.kind),
    'flaws', jsonb_agg(DISTINCT d.flaw))
FROM checking c JOIN registry_recorddocument d USING (record_id)
WHERE d.raw <> '' AND d.number = '' AND d.removed_at IS NULL GROUP BY c.record_id
"""

RULES: Final = (
    Rule(
        id="identity.cpf_two_people",
        severity=Severity.HIGH,
        kind=Kind.CROSS_STATE,
        subject=Subject.PEOPLE,
        title="O mesmo CPF em duas pessoas",
        explanation="Um CPF válido está em registros que não são julgados da mesma pessoa: uma usa o documento da"
        " outra,"
        " ou são a mesma.",
        advice="Pedir o documento original. Se é a mesma pessoa, a revisão de identidade as une; se não, corrigir o"
        " CPF de"
        " uma delas e verificar fraude.",
        telling="pessoas com o mesmo CPF: {people}",
        query=_CPF,
    ),
    Rule(
        id="identity.rji_two_people",
        severity=Severity.HIGH,
        kind=Kind.CROSS_STATE,
        subject=Subject.PEOPLE,
        title="O mesmo RJI em duas pessoas",
        explanation="O número do Registro Judicial Individual está em registros que não são julgados da mesma pessoa.",
        advice="Conferir o RJI no BNMP e corrigir o registro errado, ou encaminhar para revisão de identidade.",
        telling="pessoas com o mesmo RJI: {people}",
        query=_RJI,
    ),
    Rule(
        id="identity.photo_two_people",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_STATE,
        subject=Subject.PHOTO,
        title="A mesma fotografia em duas pessoas",
        explanation="O mesmo arquivo de imagem está em registros que não são julgados da mesma pessoa.",
        advice="Se é uma imagem padrão (“sem foto”), deixar de enviá-la; se não, fotografar de novo quem está errado.",
        telling="pessoas: {people}; fotografias em comum: {values}",
        query=_PHOTO,
    ),
    Rule(
        id="identity.homonyms",
        severity=Severity.LOW,
        kind=Kind.CROSS_STATE,
        subject=Subject.PEOPLE,
        title="Homônimos: mesmo nome e mesma mãe",
        explanation="Pessoas diferentes têm o mesmo nome completo e o mesmo nome da mãe: o nome não as distingue, e"
        " uma"
        " pode ser presa pela outra.",
        advice="Confirmar a identidade por documento, fotografia ou digital antes de qualquer medida; informar o CPF.",
        telling="pessoas com estes nomes: {people}",
        query=_HOMONYMS,
    ),
    Rule(
        id="identity.two_cpfs",
        severity=Severity.HIGH,
        kind=Kind.CROSS_RECORD,
        subject=Subject.PERSON,
        title="Uma pessoa com dois CPFs",
        explanation="Registros julgados da mesma pessoa têm CPFs válidos diferentes: um é de outra pessoa, ou a"
        " união está"
        " errada.",
        advice="Conferir os CPFs na Receita Federal; se são duas pessoas, encaminhar para revisão de identidade.",
        telling="CPFs diferentes: {numbers}",
        query=_TWO_CPFS,
    ),
    Rule(
        id="identity.two_sexes",
        severity=Severity.LOW,
        kind=Kind.CROSS_RECORD,
        subject=Subject.PERSON,
        title="Registros da mesma pessoa com sexos diferentes",
        explanation="Um registro da pessoa diz masculino e outro, feminino.",
        advice="Corrigir o cadastro errado; identidade de gênero tem campo próprio.",
        telling="registros: {records}",
        query=_TWO_SEXES,
    ),
    Rule(
        id="identity.weak_union",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_RECORD,
        subject=Subject.PERSON,
        title="União fraca: mãe e nascimento diferentes",
        explanation="Registros julgados da mesma pessoa divergem no nome da mãe e no nascimento e não têm CPF em"
        " comum.",
        advice="Confirmar por fotografia ou digital; se são duas pessoas, encaminhar para revisão de identidade.",
        telling="pares de registros que divergem: {pairs}",
        query=_WEAK,
    ),
    Rule(
        id="identity.invalid_document",
        severity=Severity.LOW,
        kind=Kind.FIELD,
        subject=Subject.RECORD,
        title="Documento com número inválido",
        explanation="O número enviado não confere: dígito verificador, tamanho ou caracteres.",
        advice="Conferir no documento e corrigir. O número recebido fica guardado, mas não serve para localizar a"
        " pessoa.",
        telling="documentos: {documents} ({kinds})",
        query=_INVALID,
        coded="tipo_documento",
    ),
)
