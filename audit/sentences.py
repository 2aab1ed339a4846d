"""An event as a sentence a corregedor reads: what was done, in pt-BR. Who and when stand beside it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from audit import people_sentences, phrases
from audit.events import LABELS, Kind
from audit.models import AccessEvent


def actions() -> list[tuple[str, str]]:
    """What can be asked for, as stored and as said: the choices of a filter."""
    return sorted(((name, words.capitalize()) for name, words in phrases.ACTIONS.items()), key=lambda choice: choice[1])


def sentence(event: AccessEvent) -> str:
    """The event in one sentence. A kind without words of its own reads as its label."""
    try:
        kind = Kind(event.kind)
    except ValueError:
        return event.kind
    words = _SENTENCES.get(kind)
    return words(event) if words else f"{LABELS[kind]}."


def asked(event: AccessEvent) -> list[tuple[str, str]]:
    """What was asked, as label and value: the criteria of a search, the id of a person."""
    given = event.detail.get("asked")
    if not isinstance(given, dict):
        return []
    return [(phrases.ASKED.get(name, name), _text(value)) for name, value in given.items()]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_text(inner) for inner in value)
    return str(value)


def _intent(event: AccessEvent) -> str:
    return f"Pediu {phrases.ACTIONS.get(event.action, event.action)}."


def _disclosure(event: AccessEvent) -> str:
    if event.action in phrases.ROWS:
        rows = int(event.detail.get("rows", 0))
        many = "linha" if rows == 1 else "linhas"
        return f"Viu {rows} {many} {phrases.ROWS[event.action]} de {event.detail.get('origin', '')}."
    count = len(event.subjects)
    place = phrases.PLACES.get(event.action, event.action)
    return f"Viu {count} pessoa{'s' if count > 1 else ''} {place}." if count else f"Não viu ninguém {place}."


def _denied(event: AccessEvent) -> str:
    what = phrases.ACTIONS.get(event.action) or event.detail.get("route") or event.action
    return f"Tentou abrir {what} sem ter permissão."


def _login(event: AccessEvent) -> str:
    first = "gov.br" if event.detail.get("first") == "govbr" else "senha"
    return f"Entrou na plataforma com {first} e código."


def _refused(event: AccessEvent) -> str:
    reason = str(event.detail.get("reason", ""))
    what = "o código recusado" if event.kind == Kind.SECOND_FACTOR_FAILED else "a entrada recusada"
    return f"Teve {what}: {phrases.LOGIN_REASONS.get(reason, reason)}."


def _logout(event: AccessEvent) -> str:
    return f"{phrases.ENDINGS.get(str(event.detail.get('reason')), phrases.ENDINGS['user'])}."


def _admin_view(event: AccessEvent) -> str:
    if not event.detail.get("model"):
        return "Abriu a administração."
    ids = event.detail.get("ids") or []
    records = f"{len(ids)} registro{'' if len(ids) == 1 else 's'}" if ids else "a tela"
    return f"Leu {records} de “{event.detail.get('model', '')}” na administração."


def _admin_change(event: AccessEvent) -> str:
    verb = phrases.CHANGES.get(event.action, event.action)
    ids = ", ".join(str(key) for key in event.detail.get("ids") or [])
    return f"{verb} “{event.detail.get('model', '')}” {ids}".rstrip() + "."


def _audit_read(event: AccessEvent) -> str:
    count = int(event.detail.get("count", 0))
    many = "evento" if count == 1 else "eventos"
    if event.action == "export":
        return f"Levou em arquivo {count} {many} da auditoria."
    return f"Leu {phrases.ACTIONS.get(event.action, event.action)} na auditoria ({count} {many})."


def _judged(event: AccessEvent) -> str:
    """A vote, the judgement votes led to, or what a load or a task judged."""
    pair, verdict = event.detail.get("review"), str(event.detail.get("verdict", ""))
    if event.action == "review.vote":
        return f"Votou no par {pair}: {phrases.VERDICTS.get(verdict, verdict)}."
    if event.action == "review.undo":
        return f"Desfez o próprio voto no par {pair}: {phrases.VERDICTS.get(verdict, verdict)}."
    listed = event.detail.get("records")
    records = " e ".join(str(record) for record in listed) if isinstance(listed, list) else ""
    said = phrases.VERDICTS.get(event.action.partition(".")[2], "")
    if not (records and said):
        return f"{LABELS[Kind(event.kind)]}."
    verb = "Revogou o julgamento" if event.kind == Kind.JUDGEMENT_REVOKED else "Julgou"
    return f"{verb}: registros {records}, {said}."


def _work(event: AccessEvent) -> str:
    return f"{phrases.WORK.get(event.action, LABELS[Kind.WORK_CHANGED])}."


def _handled(event: AccessEvent) -> str:
    """A step of a case of possible misuse."""
    return f"{phrases.STEPS.get(event.action, event.action)} no alerta de desvio {event.detail.get('alert', '')}."


def _raised(event: AccessEvent) -> str:
    number, whose = event.detail.get("alert", ""), event.detail.get("username", "")
    return f"{phrases.CAUSES.get(event.action, LABELS[Kind.ALERT_RAISED])}: alerta de desvio {number}, conta {whose}."


def _agency_key(event: AccessEvent) -> str:
    verb = phrases.KEYS.get(event.action.partition(".")[2].partition(".")[0], event.action)
    reason = str(event.detail.get("reason", "")).rstrip(".")
    said = f"{verb} a chave do sistema {event.detail.get('system', '')}, de {event.detail.get('agency', '')}"
    return f"{said}: {reason}." if reason else f"{said}."


def _frozen(event: AccessEvent) -> str:
    verb = "Congelou" if event.kind == Kind.ACCOUNT_FROZEN else "Liberou"
    reason = str(event.detail.get("reason", "")).rstrip(".")
    return f"{verb} a conta {event.detail.get('username', '')}: {reason}."


def _drawn(event: AccessEvent) -> str:
    chosen = event.detail.get("chosen") or []
    return f"Sorteou {len(chosen)} de {event.detail.get('of', '')} contas do órgão para revisão."


def _seal(event: AccessEvent) -> str:
    said = phrases.SEALS.get((event.kind, str(event.detail.get("step", ""))), LABELS[Kind(event.kind)])
    return f"{said} {event.detail.get('user', '')}".rstrip() + "."


def _seals_read(event: AccessEvent) -> str:
    count = len(event.subjects)
    return f"Leu a lista de sigilos: {count} {'ficha' if count == 1 else 'fichas'}, sem ver de quem."


def _agency(event: AccessEvent) -> str:
    what = phrases.AGENCY.get(event.action)
    reason = event.detail.get("reason")
    if not what:
        return f"{LABELS[Kind.AGENCY_CHANGED]}."
    return f"{what} {event.detail.get('agency', '')}{f', motivo: {reason}' if reason else ''}."


def _report(event: AccessEvent) -> str:
    what = phrases.REPORT.get(event.action)
    if not what:
        return f"{LABELS[Kind.MONTHLY_REPORT]}."
    if event.action == "report.read" and not event.detail.get("month"):
        return "Leu a lista de relatórios mensais."
    return f"{what} o relatório mensal de {event.detail.get('agency', '')}, {event.detail.get('month', '')}."


def _limited(event: AccessEvent) -> str:
    whose = "do órgão" if event.detail.get("whose") == "agency" else "próprio"
    what = phrases.ACTIONS.get(event.action, event.action)
    return f"Pediu {what} além do limite {whose} de consultas, e nada viu."


_SENTENCES: Final[Mapping[Kind, Callable[[AccessEvent], str]]] = {
    Kind.LOGIN: _login,
    Kind.LOGIN_FAILED: _refused,
    Kind.SECOND_FACTOR_FAILED: _refused,
    Kind.LOGOUT: _logout,
    Kind.TOKEN_ISSUED: lambda _: "Recebeu uma credencial de API.",
    Kind.TOKEN_REVOKED: lambda _: "Teve uma credencial de API revogada.",
    Kind.PASSWORD_CHANGED: lambda _: "Trocou a própria senha.",
    Kind.PURPOSE_DECLARED: lambda _: "Declarou a finalidade das consultas.",
    Kind.PURPOSE_CLOSED: lambda _: "Encerrou a finalidade declarada.",
    Kind.INTENT: _intent,
    Kind.DISCLOSURE: _disclosure,
    Kind.DENIED: _denied,
    Kind.ADMIN_VIEW: _admin_view,
    Kind.ADMIN_CHANGE: _admin_change,
    Kind.AUDIT_READ: _audit_read,
    Kind.JUDGED: _judged,
    Kind.JUDGEMENT_REVOKED: _judged,
    Kind.WORK_CHANGED: _work,
    Kind.SEALED: lambda _: "Pôs uma pessoa sob sigilo.",
    Kind.SEALS_READ: _seals_read,
    Kind.SEAL_LIFTED: _seal,
    Kind.SEAL_GRANTED: _seal,
    Kind.SEAL_GRANT_REVOKED: _seal,
    Kind.LIMIT_REACHED: _limited,
    Kind.CHALLENGED: lambda _: "Teve de provar de novo o segundo fator, pelo ritmo das consultas.",
    Kind.AGENCY_KEY: _agency_key,
    Kind.ACCOUNT_FROZEN: _frozen,
    Kind.ACCOUNT_UNFROZEN: _frozen,
    Kind.ALERT_RAISED: _raised,
    Kind.ALERT_HANDLED: _handled,
    Kind.SAMPLE_DRAWN: _drawn,
    Kind.AGENCY_CHANGED: _agency,
    Kind.MONTHLY_REPORT: _report,
    Kind.ACCESS_REQUEST: people_sentences.request,
    Kind.ACCOUNT_CHANGED: people_sentences.account,
}
