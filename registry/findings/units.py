"""Rules on units: who is in them, and how many."""

from typing import Final

from registry.findings.rule import Kind, Rule, Subject
from registry.models import Severity

# Whoever declared a gender identity may rightly be in a unit for the other sex (Resolução CNJ 348/2020).
_CIS: Final = "(p.gender_identity = '' OR p.gender_identity ILIKE 'cis%')"
_SEX: Final = f"""
SELECT ARRAY[o.record_id], jsonb_build_object('sex', min(c.sex), 'since', min((o.started_at AT TIME ZONE o.zone)::date))
FROM checking_open o JOIN checking c USING (record_id) JOIN registry_prisoner p ON p.record_ptr_id = o.record_id
    JOIN registry_unit u ON u.id = o.unit_id
WHERE NOT o.fled AND c.sex IN ('M', 'F') AND u.sex IN ('M', 'F') AND u.sex <> c.sex AND {_CIS} GROUP BY o.record_id
"""
_PREGNANT: Final = f"""
SELECT ARRAY[c.record_id], jsonb_build_object('sex', c.sex)
FROM checking c JOIN registry_prisoner p ON p.record_ptr_id = c.record_id
WHERE c.sex = 'M' AND (p.pregnant OR p.lactating) AND {_CIS}
"""
# A week before the unit's last entry against now: the unit's own days, so that the answer does not depend on today.
# More than full, and risen by a fourth and by 20 people.
_JUMP: Final = """
SELECT unit_id, jsonb_build_object('places', places, 'before', before, 'held', held, 'on', last_on) FROM (
    SELECT full_ones.unit_id, places, held, (last_at AT TIME ZONE zone)::date AS last_on, (
        SELECT count(*) FROM registry_custody k
        WHERE k.unit_id = full_ones.unit_id AND k.removed_at IS NULL AND k.started_at <= last_at - interval '7 days'
            AND (k.ended_at IS NULL OR k.ended_at > last_at - interval '7 days')) AS before
    FROM (
        SELECT u.unit_id, o.timezone AS zone, max(k.started_at) AS last_at, count(*) AS held, (
            SELECT sum(c.places) FROM registry_unitcapacity c
            WHERE c.unit_id = u.unit_id AND c.removed_at IS NULL) AS places
        FROM checking_unit u JOIN registry_origin o ON o.id = u.origin_id
            JOIN registry_custody k ON k.unit_id = u.unit_id AND k.ended_at IS NULL AND k.removed_at IS NULL
        GROUP BY u.unit_id, o.timezone
    ) full_ones WHERE held > places
) risen WHERE held - before >= greatest(20, before * 0.25)
"""

RULES: Final = (
    Rule(
        id="units.sex",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_RECORD,
        subject=Subject.RECORD,
        title="Sexo diferente do da unidade",
        explanation="A pessoa está em unidade destinada ao outro sexo, sem identidade de gênero informada que o"
        " explique.",
        advice="Corrigir o sexo do cadastro ou a unidade da custódia; informar a identidade de gênero, se é o caso.",
        telling="sexo {sex} no cadastro, na unidade desde {since}",
        query=_SEX,
    ),
    Rule(
        id="units.pregnant_man",
        severity=Severity.LOW,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Gestante ou lactante com sexo masculino",
        explanation="O cadastro diz sexo masculino e gestação ou lactação.",
        advice="Corrigir o sexo ou os campos gestante e lactante.",
        telling="sexo {sex} no cadastro",
        query=_PREGNANT,
    ),
    Rule(
        id="units.capacity_jump",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_RECORD,
        subject=Subject.UNIT,
        title="Unidade acima da capacidade por um salto",
        explanation="Em sete dias a unidade passou a ter mais gente do que vagas, com aumento de pelo menos um"
        " quarto e de"
        " 20 pessoas: transferência em massa, ou custódias lançadas na unidade errada.",
        advice="Confirmar com a unidade. Se é erro de lançamento, corrigir a unidade das custódias.",
        telling="{before} pessoas uma semana antes, {held} em {on}, para {places} vagas",
        query=_JUMP,
    ),
)
