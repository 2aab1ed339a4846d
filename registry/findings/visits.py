"""Rules on visitors and lawyers."""

from typing import Final

from registry.findings.rule import Kind, Rule, Subject
from registry.models import Severity

# In a cell now, and allowed to visit somebody.
_IN_CUSTODY: Final = """
SELECT (SELECT array_agg(DISTINCT one) FROM unnest(array_agg(c.record_id) || array_agg(o.record_id)) one),
    jsonb_build_object('links', count(DISTINCT l.id), 'since', max((o.started_at AT TIME ZONE o.zone)::date))
FROM checking_open o JOIN checking c ON c.person_id = o.person_id AND c.kind = 'V'
    JOIN registry_visitorlink l ON l.visitor_id = c.record_id AND l.removed_at IS NULL AND l.status = 'ATIVO'
        AND (l.valid_until IS NULL OR l.valid_until >= current_date)
WHERE NOT o.fled AND o.modality = 'CELA_FISICA' GROUP BY o.person_id
"""
_VISITED: Final = """
SELECT (SELECT array_agg(DISTINCT one) FROM unnest(array_agg(c.record_id) || array_agg(k.record_id)) one),
    jsonb_build_object('visits', count(DISTINCT v.id), 'latest', max((v.entered_at AT TIME ZONE c.zone)::date))
FROM checking c JOIN checking_custody k ON k.person_id = c.person_id AND k.modality = 'CELA_FISICA'
    JOIN registry_visit v ON v.origin_id = c.origin_id AND v.visitor_id = c.record_id AND v.removed_at IS NULL
        AND v.kind <> 'VIRTUAL' AND v.entered_at > k.started_at + interval '1 day'
        AND v.entered_at < coalesce(k.ended_at, 'infinity') - interval '1 day'
WHERE c.kind = 'V' GROUP BY c.person_id
"""
_LAWYER: Final = """
SELECT (SELECT array_agg(DISTINCT one) FROM unnest(array_agg(c.record_id) || array_agg(o.record_id)) one),
    jsonb_build_object('states', jsonb_agg(DISTINCT o.uf), 'since', max((o.started_at AT TIME ZONE o.zone)::date))
FROM checking_open o JOIN checking c ON c.person_id = o.person_id AND c.kind = 'L'
WHERE NOT o.fled AND o.modality = 'CELA_FISICA' GROUP BY o.person_id
"""
# The contract says of each visit whether a child came with somebody; not informed is not the same as alone.
_MINOR: Final = """
SELECT ARRAY[c.record_id],
    jsonb_build_object('visits', count(*), 'latest', max((v.entered_at AT TIME ZONE c.zone)::date))
FROM checking c JOIN registry_visit v ON v.origin_id = c.origin_id AND v.visitor_id = c.record_id
    AND v.removed_at IS NULL AND v.accompanied_minor IS FALSE
WHERE c.kind = 'V' AND c.birth_date <= (v.entered_at AT TIME ZONE c.zone)::date
    AND c.birth_date + interval '18 years' > v.entered_at AT TIME ZONE c.zone
GROUP BY c.record_id
"""
# Somebody without any period of custody may have been there before the state's system began.
_ABSENT: Final = """
SELECT ARRAY[k.record_id],
    jsonb_build_object('visits', count(*), 'latest', max((v.entered_at AT TIME ZONE k.zone)::date))
FROM (
    SELECT record_id, origin_id, zone, max(coalesce(ended_at, 'infinity')) AS free_at FROM checking_custody
    GROUP BY record_id, origin_id, zone
) k JOIN registry_visit v ON v.origin_id = k.origin_id AND v.prisoner_id = k.record_id AND v.removed_at IS NULL
    AND v.entered_at > k.free_at + interval '1 day'
GROUP BY k.record_id
"""

RULES: Final = (
    Rule(
        id="visits.visitor_in_custody",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_STATE,
        subject=Subject.PERSON,
        title="Visitante autorizado que está preso",
        explanation="A pessoa tem carteira de visitante ativa e custódia em aberto, em cela, em algum estado.",
        advice="Suspender a carteira ou encerrar a custódia que já terminou. Pode ser uso da identidade de outra"
        " pessoa.",
        telling="vínculos ativos: {links}; presa desde {since}",
        query=_IN_CUSTODY,
        dated=True,
    ),
    Rule(
        id="visits.visited_in_custody",
        severity=Severity.HIGH,
        kind=Kind.CROSS_STATE,
        subject=Subject.PERSON,
        title="Visitou enquanto estava presa",
        explanation="Há visita presencial feita pela pessoa dentro de um período em que ela mesma estava em cela"
        " (com um dia"
        " de tolerância).",
        advice="Verificar quem entrou na visita: é outra pessoa com esta identidade, ou o período de custódia está"
        " errado.",
        telling="visitas: {visits}; a última em {latest}",
        query=_VISITED,
    ),
    Rule(
        id="visits.lawyer_in_custody",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_STATE,
        subject=Subject.PERSON,
        title="Advogado que está preso",
        explanation="A pessoa tem cadastro de advogado e custódia em aberto, em cela, em algum estado.",
        advice="Conferir a situação na OAB e a identidade; advogado tem direito a sala de Estado-Maior (Lei"
        " 8.906/1994, art. 7º, V).",
        telling="em {states}, desde {since}",
        query=_LAWYER,
    ),
    Rule(
        id="visits.minor_alone",
        severity=Severity.HIGH,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Criança ou adolescente em visita sem responsável",
        explanation="O estado informa que o visitante, com menos de 18 anos no dia, entrou desacompanhado.",
        advice="Corrigir menor_acompanhado ou o nascimento; se é verdade, comunicar à unidade e ao Conselho Tutelar.",
        telling="visitas: {visits}; a última em {latest}",
        query=_MINOR,
    ),
    Rule(
        id="visits.prisoner_absent",
        severity=Severity.LOW,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Visita a quem já tinha saído",
        explanation="Há visita mais de um dia depois da última saída do preso.",
        advice="Corrigir o preso ou a data da visita, ou lançar a custódia que falta.",
        telling="visitas: {visits}; a última em {latest}",
        query=_ABSENT,
    ),
)
