"""Rules on dates that cannot be, of one record by itself."""

from typing import Final

from registry.findings.rule import Kind, Rule, Subject
from registry.models import Severity

# A clock or a time zone may be off by this much without the state being wrong.
_SLACK: Final = "interval '1 day'"
_BIRTH: Final = """
SELECT ARRAY[record_id], jsonb_build_object('birth', birth_date)
FROM checking WHERE birth_date > current_date + 1 OR birth_date < '1900-01-01'
"""
# What a record tells of its own holder, the earliest first.
_BORN_AFTER: Final = """
SELECT ARRAY[c.record_id], jsonb_build_object('birth', c.birth_date, 'event', e.event)
FROM checking c JOIN (
    SELECT record_id, min(event) AS event FROM (
        SELECT record_id, least(arrested_on, (started_at AT TIME ZONE zone)::date) FROM checking_custody
        UNION ALL SELECT record_id, (at AT TIME ZONE zone)::date FROM checking_move
        UNION ALL SELECT p.record_ptr_id, p.died_on FROM checking c
            JOIN registry_prisoner p ON p.record_ptr_id = c.record_id WHERE p.died_on IS NOT NULL
    ) told (record_id, event) GROUP BY record_id
) e USING (record_id)
WHERE c.birth_date > e.event
"""
_UNDER_AGE: Final = """
SELECT ARRAY[c.record_id], jsonb_build_object('arrested', min(k.arrested_on),
    'age', date_part('year', age(min(k.arrested_on), c.birth_date)))
FROM checking c JOIN checking_custody k USING (record_id)
WHERE c.birth_date <= k.arrested_on AND c.birth_date + interval '18 years' > k.arrested_on
GROUP BY c.record_id, c.birth_date
"""
_FUTURE: Final = f"""
SELECT ARRAY[record_id], jsonb_build_object('dates', count(*), 'latest', max((at AT TIME ZONE zone)::date)) FROM (
    SELECT record_id, zone, started_at AS at FROM checking_custody WHERE started_at > now() + {_SLACK}
    UNION ALL SELECT record_id, zone, ended_at FROM checking_custody WHERE ended_at > now() + {_SLACK}
    UNION ALL SELECT record_id, zone, at FROM checking_move WHERE at > now() + {_SLACK}
) late GROUP BY record_id
"""
_EXIT_BEFORE_ENTRY: Final = """
SELECT ARRAY[record_id], jsonb_build_object('custodies', count(*),
    'entry', max((started_at AT TIME ZONE zone)::date), 'exit', max((ended_at AT TIME ZONE zone)::date))
FROM checking_custody WHERE ended_at < started_at GROUP BY record_id
"""
_ARREST_AFTER_ENTRY: Final = """
SELECT ARRAY[record_id], jsonb_build_object('custodies', count(*), 'arrested', max(arrested_on),
    'entry', max((started_at AT TIME ZONE zone)::date))
FROM checking_custody WHERE arrested_on > (started_at AT TIME ZONE zone)::date + 1 GROUP BY record_id
"""

RULES: Final = (
    Rule(
        id="dates.birth",
        severity=Severity.MEDIUM,
        kind=Kind.FIELD,
        subject=Subject.RECORD,
        title="Nascimento impossível",
        explanation="A data de nascimento está no futuro ou antes de 1900.",
        advice="Corrigir a data de nascimento; se não é conhecida, enviar vazia.",
        telling="nascimento em {birth}",
        query=_BIRTH,
        dated=True,
    ),
    Rule(
        id="dates.born_after_event",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Nascimento depois de fatos do próprio registro",
        explanation="Há prisão, custódia, movimentação ou óbito antes da data de nascimento.",
        advice="Corrigir o nascimento ou a data do fato mais antigo.",
        telling="nascimento em {birth}, primeiro fato em {event}",
        query=_BORN_AFTER,
    ),
    Rule(
        id="dates.under_age",
        severity=Severity.HIGH,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Menos de 18 anos na data da prisão",
        explanation="Pelas datas, a pessoa foi presa antes dos 18 anos: ou uma data está errada, ou não podia estar"
        " ali"
        " (CF, art. 228).",
        advice="Conferir o nascimento em documento. Se está certo, comunicar à unidade e ao juízo.",
        telling="prisão em {arrested}, aos {age} anos",
        query=_UNDER_AGE,
    ),
    Rule(
        id="dates.future",
        severity=Severity.MEDIUM,
        kind=Kind.FIELD,
        subject=Subject.RECORD,
        title="Fato com data no futuro",
        explanation="Custódia ou movimentação com data posterior a hoje (há um dia de tolerância).",
        advice="Corrigir a data; verificar o relógio e o formato de data do sistema.",
        telling="datas no futuro: {dates}; a última, {latest}",
        query=_FUTURE,
        dated=True,
    ),
    Rule(
        id="dates.exit_before_entry",
        severity=Severity.MEDIUM,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Saída antes da entrada",
        explanation="Uma custódia termina (dt_saida) antes de começar (dt_inclusao).",
        advice="Corrigir dt_inclusao ou dt_saida.",
        telling="custódias: {custodies}; entrada em {entry}, saída em {exit}",
        query=_EXIT_BEFORE_ENTRY,
    ),
    Rule(
        id="dates.arrest_after_entry",
        severity=Severity.LOW,
        kind=Kind.CROSS_FIELD,
        subject=Subject.RECORD,
        title="Prisão depois da inclusão na unidade",
        explanation="A data da prisão (dt_prisao) é posterior à inclusão na unidade (há um dia de tolerância).",
        advice="Corrigir dt_prisao ou dt_inclusao.",
        telling="custódias: {custodies}; prisão em {arrested}, inclusão em {entry}",
        query=_ARREST_AFTER_ENTRY,
    ),
)
