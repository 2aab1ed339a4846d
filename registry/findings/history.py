"""Rules on a person's way through prison: what happened in an order, or at a time, that cannot be."""

from typing import Final

from registry.findings.rule import Kind, Rule, Subject
from registry.models import Severity

# The day after a death is within the slack of clocks and of what is written down late at night.
_AFTER_DEATH: Final = """
SELECT (SELECT array_agg(DISTINCT one) FROM unnest(array_agg(e.record_id) || d.record_id) one), jsonb_build_object(
    'died', d.died_on, 'events', count(*), 'latest', max(e.day))
FROM checking_death d JOIN (
    SELECT person_id, record_id, (at AT TIME ZONE zone)::date AS day FROM checking_move WHERE kind <> 'OBITO'
    UNION ALL SELECT person_id, record_id, (started_at AT TIME ZONE zone)::date FROM checking_custody
    UNION ALL SELECT d.person_id, c.record_id, (v.entered_at AT TIME ZONE c.zone)::date
        FROM checking_death d JOIN checking c USING (person_id)
        JOIN registry_visit v ON v.origin_id = c.origin_id AND v.prisoner_id = c.record_id AND v.removed_at IS NULL
) e USING (person_id)
WHERE e.day > d.died_on + 1 GROUP BY d.person_id, d.died_on, d.record_id
"""
# An entry at the same instant counts as before: the order of the two is nobody's.
_EXIT_WITHOUT_ENTRY: Final = """
SELECT ARRAY[record_id], jsonb_build_object(
    'exits', count(*), 'kinds', jsonb_agg(DISTINCT kind), 'latest', max((at AT TIME ZONE zone)::date))
FROM (
    SELECT record_id, zone, kind, at, is_exit, lag(is_entry) OVER told AS entered_before,
        count(*) FILTER (WHERE is_entry) OVER (PARTITION BY record_id, at) AS entries_now
    FROM checking_move WHERE is_entry OR is_exit WINDOW told AS (PARTITION BY record_id ORDER BY at, id)
) step
WHERE is_exit AND entered_before IS NOT TRUE AND entries_now = 0 GROUP BY record_id
"""
# Periods of the same person that share more than a day; two open ones are a rule of custody's.
_OVERLAP: Final = """
SELECT (SELECT array_agg(DISTINCT one) FROM unnest(array_agg(a.record_id) || array_agg(b.record_id)) one),
    jsonb_build_object('pairs', count(*), 'states', (
        SELECT jsonb_agg(DISTINCT one) FROM unnest(array_agg(a.uf) || array_agg(b.uf)) one),
    'latest', max((greatest(a.started_at, b.started_at) AT TIME ZONE a.zone)::date),
    'days', max(ceil(extract(epoch FROM least(a.until, b.until) - greatest(a.started_at, b.started_at)) / 86400)))
FROM {periods} a JOIN {periods} b ON b.person_id = a.person_id AND b.id > a.id AND b.unit_id <> a.unit_id
    AND greatest(a.started_at, b.started_at) + interval '1 day' < least(a.until, b.until)
WHERE a.uf {states} b.uf AND (a.ended_at IS NOT NULL OR b.ended_at IS NOT NULL) GROUP BY a.person_id
""".replace("{periods}", "(SELECT *, coalesce(ended_at, 'infinity') AS until FROM checking_custody)")
# A period that ends without any exit but a removal within the state, and days until the next of the record begins.
_GAP: Final = """
SELECT ARRAY[record_id], jsonb_build_object('gaps', count(*), 'from', max((ended_at AT TIME ZONE zone)::date),
    'days', max(floor(extract(epoch FROM begins_at - ended_at) / 86400)))
FROM (
    SELECT id, record_id, person_id, zone, ended_at, lead(started_at) OVER periods AS begins_at,
        max(coalesce(ended_at, 'infinity')) OVER (periods ROWS UNBOUNDED PRECEDING) AS free_at
    FROM checking_custody WINDOW periods AS (PARTITION BY record_id ORDER BY started_at, id)
) period
WHERE begins_at > free_at + interval '3 days' AND NOT EXISTS (
    SELECT FROM checking_move m WHERE m.person_id = period.person_id AND m.is_exit AND m.kind <> 'TR_SAI_UF'
        AND m.at BETWEEN period.ended_at - interval '2 days' AND period.begins_at)
GROUP BY record_id
"""

RULES: Final = (
    Rule(
        id="history.event_after_death",
        severity=Severity.HIGH,
        kind=Kind.CROSS_RECORD,
        subject=Subject.PERSON,
        title="Fato depois do óbito",
        explanation="Há movimentação, custódia ou visita recebida mais de um dia depois do óbito informado por algum"
        " registro da pessoa.",
        advice="Conferir o óbito. Se é verdadeiro, excluir os fatos posteriores ou verificar se outra pessoa usa esta"
        " identidade; se não, retirar o óbito.",
        telling="óbito em {died}; fatos depois: {events}, o último em {latest}",
        query=_AFTER_DEATH,
    ),
    Rule(
        id="history.exit_without_entry",
        severity=Severity.LOW,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Saída sem entrada",
        explanation="Há uma saída que não vem depois de uma entrada no mesmo registro.",
        advice="Lançar a entrada que falta. Se é anterior ao sistema do estado, descartar com esta explicação.",
        telling="saídas sem entrada: {exits} ({kinds}); a última em {latest}",
        query=_EXIT_WITHOUT_ENTRY,
        coded="movimentacao",
    ),
    Rule(
        id="history.overlap",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_RECORD,
        subject=Subject.PERSON,
        title="Custódias sobrepostas no mesmo estado",
        explanation="Dois períodos da mesma pessoa, em unidades diferentes do estado, têm mais de um dia em comum.",
        advice="Corrigir dt_inclusao ou dt_saida de um dos períodos; se há dois cadastros da pessoa, unificá-los.",
        telling="dias em comum: até {days}, desde {latest}",
        query=_OVERLAP.replace("{states}", "="),
    ),
    Rule(
        id="history.overlap_states",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_STATE,
        subject=Subject.PERSON,
        title="Custódias sobrepostas em estados diferentes",
        explanation="Períodos da mesma pessoa em estados diferentes têm mais de um dia em comum.",
        advice="Combinar entre os estados a data do recambiamento; se são duas pessoas, encaminhar para revisão de"
        " identidade.",
        telling="em {states}; dias em comum: até {days}, desde {latest}",
        query=_OVERLAP.replace("{states}", "<>"),
    ),
    Rule(
        id="history.gap",
        severity=Severity.LOW,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Intervalo sem custódia e sem saída",
        explanation="Um período termina sem saída lançada (ou só com remoção no estado) e o seguinte começa mais de"
        " três"
        " dias depois: não se sabe onde a pessoa estava.",
        advice="Lançar a saída e a entrada, ou corrigir as datas dos períodos.",
        telling="intervalos: {gaps}; dias do maior: {days}; o último, desde {from}",
        query=_GAP,
    ),
)
