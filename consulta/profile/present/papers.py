"""Cases, conduct and source records."""

from typing import Any

from consulta.profile.present.facts import FLAWS
from consulta.wording import KINDS, chip, chips, compared, masked_cpf
from registry.selectors.people.cases import Cases, CaseSeen, OffenceSeen
from registry.selectors.people.conduct import Conduct
from registry.selectors.people.sources import Reason, SourceRecord
from registry.selectors.people.subject import Subject
from senappen.lib.wording import count, day, moment, tag

# In bits: what weighs less says nothing for or against.
_TELLING = 0.05

SEALED = "Processo sigiloso: só a existência é mostrada."


def cases_card(cases: Cases, subject: Subject) -> dict[str, Any]:
    """What `_cases.html` prints."""
    return {"rows": [_case(case) for case in cases.rows]}


def conduct_card(conduct: Conduct, subject: Subject) -> dict[str, Any]:
    """What `_conduct.html` prints."""
    return {
        "activities": [
            {
                "title": str(activity.nature),
                "detail": activity.detail,
                "period": f"{day(activity.since)} a {day(activity.until)}"
                if activity.until
                else f"desde {day(activity.since)}",
                "remitted": count(activity.remitted_days, "dia remido", "dias remidos")
                if activity.remitted_days
                else "",
                "sources": chips([activity.source]),
            }
            for activity in conduct.activities
        ],
        "faults": [
            {
                "title": f"Falta {str(fault.severity).lower()}",
                "date": day(fault.occurred_on),
                "status": str(fault.status),
                "sources": chips([fault.source]),
            }
            for fault in conduct.faults
        ],
        "remitted": count(conduct.remitted_days, "dia remido", "dias remidos") if conduct.remitted_days else "",
    }


def sources_card(records: tuple[SourceRecord, ...], subject: Subject) -> dict[str, Any]:
    """What `_sources.html` prints."""
    return {"rows": [_record(record, subject, first=n == 0) for n, record in enumerate(records)], "total": len(records)}


def _case(case: CaseSeen) -> dict[str, Any]:
    if case.sealed:
        return {"sealed": True, "text": SEALED, "sources": chips([case.source])}
    dates = (
        ("expedição", case.issued_on),
        ("sentença", case.sentenced_on),
        ("trânsito em julgado", case.final_on),
        ("validade", case.valid_until),
    )
    return {
        "sealed": False,
        "number": case.number,
        "flaw": "" if case.valid_number else f"número inválido: {FLAWS['check_digit']}",
        "kind": " · ".join(part for part in (case.piece_kind, str(case.arrest_kind), case.court) if part),
        "dates": " · ".join(f"{name} {day(value)}" for name, value in dates if value),
        "sentence": _sentence(case),
        "tags": [tag("reincidente", "outline")] if case.recidivist else [],
        "restricted": case.secrecy.code == "RESTRITO",
        "offences": [_offence(offence) for offence in case.offences],
        "sources": chips([case.source]),
    }


def _sentence(case: CaseSeen) -> str:
    if case.sentence is None:
        return ""
    names = (("ano", "anos"), ("mês", "meses"), ("dia", "dias"))
    parts = [count(n, one, many) for n, (one, many) in zip(case.sentence, names, strict=True) if n]
    regime = f", regime inicial {str(case.initial_regime).lower()}" if case.initial_regime else ""
    return f"pena de {', '.join(parts)}{regime}"


def _offence(offence: OffenceSeen) -> dict[str, Any]:
    marks = [("hediondo", offence.heinous), ("tentado", offence.attempted)]
    text = str(offence.name) if offence.name.known and offence.name else f"{offence.law}, art. {offence.article}"
    return {
        "text": text,
        "law": f"{offence.law}, art. {offence.article}",
        "date": day(offence.committed_on),
        "tags": [tag(word, "warn" if word == "hediondo" else "outline") for word, holds in marks if holds],
    }


def _record(record: SourceRecord, subject: Subject, *, first: bool) -> dict[str, Any]:
    return {
        "source": chip(record.source, subject.now),
        "kind": KINDS[record.kind],
        "origin_key": record.origin_key,
        "registration": record.registration,
        "name": record.name,
        "mother": record.mother_name,
        "birth": day(record.birth_date),
        "cpf": masked_cpf(record.cpf),
        "updated": moment(record.updated_at),
        "loaded": moment(record.received_at),
        "removed": day(record.removed_at),
        "reasons": _agreements(record),
        "judged_by": " · ".join(_judge(judgement) for judgement in record.judgements)
        or ("primeiro registro" if first else "por ligação com os demais"),
    }


def _agreements(record: SourceRecord) -> list[str]:
    """`Nome: compatível`, of all that weighs for or against."""
    telling = (r for judgement in record.judgements for r in judgement.reasons if abs(r.weight) >= _TELLING)
    return [": ".join(compared(reason.feature, reason.outcome)) for reason in telling]


def _judge(judgement: Reason) -> str:
    kind, _, name = judgement.judge.partition(":")
    who = {"rule": f"regra {name}", "user": f"pessoa: {name}", "model": f"modelo {name}"}.get(kind, judgement.judge)
    score = f", {judgement.score:.2f}".replace(".", ",") if judgement.score is not None else ""
    return f"{who}{score}"
