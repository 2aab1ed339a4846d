"""Rules on where a person is held now. They say what the situation of the profile says (selectors.people.doubts)."""

from typing import Final

from registry.findings.facts import ESCAPES, EXITS
from registry.findings.rule import Kind, Rule, Subject
from registry.models import Severity

# Held in several places: the records of the custodies, how many units, since when the latest.
_SEVERAL: Final = """
SELECT array_agg(DISTINCT record_id), jsonb_build_object(
    'units', count(DISTINCT unit_id), 'states', jsonb_agg(DISTINCT uf),
    'since', max((started_at AT TIME ZONE zone)::date))
FROM checking_open WHERE NOT fled GROUP BY person_id
HAVING count(DISTINCT unit_id) > 1 AND count(DISTINCT uf) {states}
"""
_AFTER_DEATH: Final = """
SELECT (SELECT array_agg(DISTINCT one) FROM unnest(array_agg(o.record_id) || d.record_id) one), jsonb_build_object(
    'died', d.died_on, 'since', min((o.started_at AT TIME ZONE o.zone)::date))
FROM checking_open o JOIN checking_death d USING (person_id) GROUP BY o.person_id, d.died_on, d.record_id
"""
_AFTER_ESCAPE: Final = """
SELECT array_agg(DISTINCT o.record_id), jsonb_build_object(
    'escaped', max((l.at AT TIME ZONE l.zone)::date), 'since', min((o.started_at AT TIME ZONE o.zone)::date))
FROM checking_open o JOIN checking_last l USING (person_id, origin_id)
WHERE o.fled AND NOT EXISTS (SELECT FROM checking_death d WHERE d.person_id = o.person_id) GROUP BY o.person_id
"""
_AFTER_RELEASE: Final = f"""
SELECT array_agg(DISTINCT o.record_id), jsonb_build_object(
    'kinds', jsonb_agg(DISTINCT l.kind), 'left', max((l.at AT TIME ZONE l.zone)::date),
    'since', min((o.started_at AT TIME ZONE o.zone)::date))
FROM checking_open o JOIN checking_last l USING (person_id, origin_id)
WHERE NOT o.fled AND l.kind IN {EXITS} AND l.at > o.started_at
    AND NOT EXISTS (SELECT FROM checking_death d WHERE d.person_id = o.person_id) GROUP BY o.person_id
"""
_ESCAPED_ELSEWHERE: Final = f"""
SELECT array_agg(DISTINCT l.record_id), jsonb_build_object(
    'escaped', max((l.at AT TIME ZONE l.zone)::date), 'states', jsonb_agg(DISTINCT g.uf))
FROM checking_last l JOIN registry_origin g ON g.id = l.origin_id
WHERE l.kind IN {ESCAPES}
    AND NOT EXISTS (SELECT FROM checking_death d WHERE d.person_id = l.person_id)
    AND NOT EXISTS (SELECT FROM checking_open o
        WHERE o.person_id = l.person_id AND o.origin_id = l.origin_id AND NOT o.fled)
    AND (NOT l.newest OR EXISTS (SELECT FROM checking_open o WHERE o.person_id = l.person_id AND NOT o.fled))
GROUP BY l.person_id
"""

RULES: Final = (
    Rule(
        id="custody.two_units",
        severity=Severity.HIGH,
        kind=Kind.CROSS_RECORD,
        subject=Subject.PERSON,
        title="Presa em duas unidades do mesmo estado ao mesmo tempo",
        explanation="Há custódias em aberto, da mesma pessoa, em unidades diferentes do mesmo estado.",
        advice="Encerrar (dt_saida) a custódia da unidade de onde a pessoa saiu; se são duas, corrigir o cadastro.",
        telling="{units} unidades, a última desde {since}",
        query=_SEVERAL.replace("{states}", "= 1"),
    ),
    Rule(
        id="custody.two_states",
        severity=Severity.HIGH,
        kind=Kind.CROSS_STATE,
        subject=Subject.PERSON,
        title="Presa em dois estados ao mesmo tempo",
        explanation="Mais de um estado mantém em aberto a custódia da mesma pessoa.",
        advice="Confirmar em qual estado a pessoa está: o outro lança a saída. Se são duas pessoas, é fraude ou"
        " homônimo: encaminhar para revisão de identidade.",
        telling="em {states}, {units} unidades, a última desde {since}",
        query=_SEVERAL.replace("{states}", "> 1"),
    ),
    Rule(
        id="custody.after_death",
        severity=Severity.HIGH,
        kind=Kind.CROSS_RECORD,
        subject=Subject.PERSON,
        title="Óbito informado e custódia em aberto",
        explanation="Um registro da pessoa informa o óbito e há custódia que não foi encerrada.",
        advice="Encerrar a custódia na data do óbito ou, se o óbito foi lançado por engano, retirá-lo.",
        telling="óbito em {died}; custódia aberta desde {since}",
        query=_AFTER_DEATH,
    ),
    Rule(
        id="custody.after_escape",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_FIELD,
        subject=Subject.PERSON,
        title="Fuga informada e custódia em aberto",
        explanation="O último lançamento do estado é fuga, evasão ou abandono, e a custódia continua em aberto.",
        advice="Encerrar a custódia na data da fuga ou lançar a recaptura.",
        telling="fuga em {escaped}; custódia aberta desde {since}",
        query=_AFTER_ESCAPE,
    ),
    Rule(
        id="custody.after_release",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_FIELD,
        subject=Subject.PERSON,
        title="Saída informada e custódia em aberto",
        explanation="O último lançamento do estado é uma saída, e a custódia continua em aberto.",
        advice="Encerrar a custódia na data da saída ou lançar a entrada que faltou.",
        telling="saída em {left}; custódia aberta desde {since}",
        query=_AFTER_RELEASE,
    ),
    Rule(
        id="custody.escaped_elsewhere",
        severity=Severity.HIGH,
        kind=Kind.CROSS_STATE,
        subject=Subject.PERSON,
        title="Fuga sem desfecho, com notícia posterior da pessoa",
        explanation="Um estado tem a pessoa como foragida, e outro registro dela mostra prisão ou movimento depois.",
        advice="Avisar o estado que a procura; ele lança a recaptura ou o recambiamento.",
        telling="foragida em {states} desde {escaped}",
        query=_ESCAPED_ELSEWHERE,
    ),
)
