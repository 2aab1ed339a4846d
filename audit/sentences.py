"""An event as a sentence a corregedor reads: what was done, in pt-BR. Who and when stand beside it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from audit import people_sentences
from audit.events import LABELS, Kind
from audit.models import AccessEvent

_ACTIONS: Final[Mapping[str, str]] = {
    "search": "uma busca de pessoas",
    "profile": "a ficha de uma pessoa",
    "photo": "uma fotografia",
    "units": "a lista de estabelecimentos",
    "unit": "a página de um estabelecimento",
    "crossings": "os cruzamentos",
    "links": "os vínculos de uma pessoa",
    "path": "o caminho entre duas pessoas",
    "links_export": "um arquivo de vínculos",
    "missing": "a busca de uma pessoa desaparecida",
    "batch": "uma consulta em lote",
    "reviews": "a fila de pares em revisão",
    "review": "um par em revisão",
    "review_statistics": "as estatísticas da revisão",
    "judgements": "os julgamentos de uma pessoa",
    "events": "os eventos dos usuários",
    "mine": "os próprios acessos",
    "rejection": "uma linha da quarentena",
    "dry_run": "linhas da fonte, para ensaiar o mapeamento",
    "recents": "as pessoas abertas há pouco",
    "dossier": "um dossiê",
    "follow": "o acompanhamento de uma pessoa",
    "follows": "os próprios acompanhamentos",
    "notices": "os próprios avisos",
    "folder": "uma pasta",
    "export": "uma exportação de pessoas",
    "seal": "um registro para pôr sob sigilo",
    "file": "de onde saiu um documento",
    "balance": "o balanço mensal da plataforma",
    "misuse": "uma semana de uso, à procura de desvios",
    "alerts": "a fila de desvios",
    "alert": "os eventos de um alerta de desvio",
}
_PLACES: Final[Mapping[str, str]] = {
    "search": "em uma busca",
    "profile": "em uma ficha",
    "photo": "em uma fotografia",
    "units": "na lista de estabelecimentos",
    "unit": "na página de um estabelecimento",
    "crossings": "nos cruzamentos",
    "links": "nos vínculos de uma pessoa",
    "path": "no caminho entre duas pessoas",
    "links_export": "em um arquivo de vínculos",
    "missing": "na busca de uma pessoa desaparecida",
    "batch": "numa consulta em lote",
    "reviews": "na fila de pares em revisão",
    "review": "em um par em revisão",
    "review_statistics": "nas estatísticas da revisão",
    "judgements": "nos julgamentos de uma pessoa",
    "recents": "entre as abertas há pouco",
    "dossier": "em um dossiê",
    "follow": "ao pedir um acompanhamento",
    "follows": "entre os próprios acompanhamentos",
    "notices": "nos próprios avisos",
    "folder": "em uma pasta",
    "export": "em uma exportação",
}
# Rows as a state sent them, which nobody has read as persons yet.
_ROWS: Final[Mapping[str, str]] = {
    "rejection": "da quarentena",
    "dry_run": "da fonte, em ensaio do mapeamento,",
}
_LOGIN_REASONS: Final[Mapping[str, str]] = {
    "password": "senha errada",
    "unknown": "usuário desconhecido",
    "account_closed": "conta inativa",
    "account_frozen": "conta congelada",
    "agency_closed": "órgão suspenso ou com adesão vencida",
    "not_designated": "substituto sem designação em vigor",
    "locked": "bloqueada por excesso de tentativas",
    "code": "código errado",
    "no_device": "conta sem aplicativo autenticador",
}
_ENDINGS: Final[Mapping[str, str]] = {
    "user": "Saiu da plataforma",
    "idle": "Teve a sessão encerrada por falta de uso",
    "expired": "Teve a sessão encerrada ao chegar ao tempo máximo",
    "frozen": "Teve a sessão encerrada: conta congelada",
    "replaced": "Teve a sessão encerrada: entrou em outro aparelho, ou alguém a encerrou",
    "closed": "Teve a sessão encerrada: conta ou órgão sem acesso",
    "unverified": "Teve a sessão encerrada: segundo fator ausente",
}
_CHANGES: Final[Mapping[str, str]] = {
    "add": "Cadastrou",
    "change": "Alterou",
    "delete": "Excluiu",
    "credentials": "Emitiu novas credenciais de",
}
_ASKED: Final[Mapping[str, str]] = {
    "text": "busca geral",
    "name": "nome",
    "mother": "mãe",
    "birth": "nascimento",
    "document": "documento",
    "precision": "precisão",
    "filters": "filtros",
    "page": "página",
    "person": "pessoa",
    "other": "outra pessoa",
    "kinds": "tipos de vínculo",
    "strength": "força mínima",
    "until": "até",
    "format": "formato",
    "skip": "a partir de",
    "unit": "estabelecimento",
    "of": "lista",
    "reason": "motivo",
    "uf": "UF",
    "since": "desde",
    "age": "idade",
    "sex": "sexo",
    "race": "cor ou raça",
    "marks": "sinais",
    "seen_on": "vista em",
    "photo": "fotografia",
    "origin": "origem",
    "rejection": "linha da quarentena",
    "review": "par em revisão",
    "judgement": "julgamento",
    "sections": "seções",
    "folder": "pasta",
    "export": "pedido de exportação",
}


# What a user does with the work they keep, by the action of the event.
_WORK: Final[Mapping[str, str]] = {
    "saved.keep": "Salvou uma busca",
    "diagram.keep": "Guardou um diagrama",
    "diagram.forget": "Excluiu um diagrama",
    "saved.forget": "Excluiu uma busca salva",
    "follow.ask": "Pediu um acompanhamento",
    "follow.approve": "Aprovou um acompanhamento",
    "follow.refuse": "Recusou um acompanhamento",
    "follow.end": "Encerrou um acompanhamento",
    "folder.open": "Abriu uma pasta",
    "folder.add": "Incluiu em uma pasta",
    "folder.remove": "Retirou de uma pasta",
    "folder.note": "Escreveu uma nota em uma pasta",
    "folder.withdraw": "Retirou uma nota de uma pasta",
    "folder.share": "Compartilhou uma pasta",
    "folder.unshare": "Deixou de compartilhar uma pasta",
    "folder.close": "Encerrou uma pasta",
    "export.ask": "Pediu uma exportação acima do limite",
    "export.approve": "Aprovou uma exportação",
    "export.refuse": "Recusou uma exportação",
    "export.take": "Baixou uma exportação aprovada",
}
# What is done about a case of possible misuse, and why there is one.
_STEPS: Final[Mapping[str, str]] = {
    "ask": "Pediu explicação",
    "explain": "Explicou o próprio uso",
    "confirm": "Confirmou a explicação",
    "contest": "Não confirmou a explicação",
    "justified": "Decidiu que o uso se justifica",
    "inconclusive": "Decidiu que não se pôde concluir",
    "misuse": "Decidiu que houve uso indevido",
    "block": "Bloqueou a conta",
    "unblock": "Liberou a conta",
    "refer": "Registrou um encaminhamento",
    "reopen": "Reabriu a decisão",
}
_CAUSES: Final[Mapping[str, str]] = {
    "signs": "Viu sinais de desvio",
    "automation": "Pôs na fila uma conta congelada",
    "sample": "Pôs na fila uma conta sorteada",
}
_KEYS: Final[Mapping[str, str]] = {
    "register": "Cadastrou",
    "freeze": "Congelou",
    "open": "Liberou",
    "revoke": "Revogou",
}
# What became of a seal or of a grant to it, by kind and step.
_SEALS: Final[Mapping[tuple[str, str], str]] = {
    (Kind.SEAL_LIFTED, "proposed"): "Propôs levantar um sigilo",
    (Kind.SEAL_LIFTED, "kept"): "Desfez a proposta de levantar um sigilo",
    (Kind.SEAL_LIFTED, "confirmed"): "Confirmou o levantamento de um sigilo",
    (Kind.SEAL_GRANTED, "proposed"): "Propôs autorizar por nome, em um sigilo,",
    (Kind.SEAL_GRANTED, "confirmed"): "Confirmou a autorização por nome, em um sigilo, de",
    (Kind.SEAL_GRANT_REVOKED, ""): "Revogou a autorização por nome, em um sigilo, de",
}
# What becomes of an agency, by the action of the event.
_AGENCY: Final[Mapping[str, str]] = {
    "adhesion.asked": "Registrou o pedido de adesão de",
    "adhesion.validated": "Validou o pedido de adesão de",
    "adhesion.first_approved": "Deu a primeira aprovação à adesão de",
    "adhesion.approved": "Deu a segunda aprovação à adesão de",
    "adhesion.returned": "Devolveu para correção o pedido de adesão de",
    "adhesion.refused": "Recusou o pedido de adesão de",
    "adhesion.account": "Criou a conta de um indicado de",
    "agency.suspend": "Suspendeu o órgão",
    "agency.lift": "Levantou a suspensão do órgão",
    "agency.prolong": "Mudou o prazo da adesão de",
    "agency.warn": "Avisou que se aproxima o fim da adesão de",
    "agency.expire": "Encerrou, pelo prazo, os acessos de",
    "substitute.designate": "Designou um substituto de",
    "substitute.end": "Encerrou a designação de um substituto de",
}
# What becomes of a monthly report, by the action of the event.
_REPORT: Final[Mapping[str, str]] = {
    "report.prepare": "Preparou",
    "report.remark": "Completou",
    "report.sign": "Assinou e entregou",
    "report.read": "Leu",
    "report.pdf": "Levou em PDF",
    "report.xlsx": "Levou em planilha",
}
_VERDICTS: Final[Mapping[str, str]] = {
    "same": "mesma pessoa",
    "different": "pessoas diferentes",
    "unsure": "não sei",
}


def actions() -> list[tuple[str, str]]:
    """What can be asked for, as stored and as said: the choices of a filter."""
    return sorted(((name, words.capitalize()) for name, words in _ACTIONS.items()), key=lambda choice: choice[1])


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
    return [(_ASKED.get(name, name), _text(value)) for name, value in given.items()]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_text(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_text(inner) for inner in value)
    return str(value)


def _intent(event: AccessEvent) -> str:
    return f"Pediu {_ACTIONS.get(event.action, event.action)}."


def _disclosure(event: AccessEvent) -> str:
    if event.action in _ROWS:
        rows = int(event.detail.get("rows", 0))
        many = "linha" if rows == 1 else "linhas"
        return f"Viu {rows} {many} {_ROWS[event.action]} de {event.detail.get('origin', '')}."
    count = len(event.subjects)
    place = _PLACES.get(event.action, event.action)
    return f"Viu {count} pessoa{'s' if count > 1 else ''} {place}." if count else f"Não viu ninguém {place}."


def _denied(event: AccessEvent) -> str:
    what = _ACTIONS.get(event.action) or event.detail.get("route") or event.action
    return f"Tentou abrir {what} sem ter permissão."


def _refused(event: AccessEvent) -> str:
    reason = str(event.detail.get("reason", ""))
    what = "o código recusado" if event.kind == Kind.SECOND_FACTOR_FAILED else "a entrada recusada"
    return f"Teve {what}: {_LOGIN_REASONS.get(reason, reason)}."


def _logout(event: AccessEvent) -> str:
    return f"{_ENDINGS.get(str(event.detail.get('reason')), _ENDINGS['user'])}."


def _admin_view(event: AccessEvent) -> str:
    if not event.detail.get("model"):
        return "Abriu a administração."
    ids = event.detail.get("ids") or []
    records = f"{len(ids)} registro{'' if len(ids) == 1 else 's'}" if ids else "a tela"
    return f"Leu {records} de “{event.detail.get('model', '')}” na administração."


def _admin_change(event: AccessEvent) -> str:
    verb = _CHANGES.get(event.action, event.action)
    ids = ", ".join(str(key) for key in event.detail.get("ids") or [])
    return f"{verb} “{event.detail.get('model', '')}” {ids}".rstrip() + "."


def _audit_read(event: AccessEvent) -> str:
    count = int(event.detail.get("count", 0))
    many = "evento" if count == 1 else "eventos"
    if event.action == "export":
        return f"Levou em arquivo {count} {many} da auditoria."
    return f"Leu {_ACTIONS.get(event.action, event.action)} na auditoria ({count} {many})."


def _judged(event: AccessEvent) -> str:
    """A vote, the judgement votes led to, or what a load or a task judged."""
    pair, verdict = event.detail.get("review"), str(event.detail.get("verdict", ""))
    if event.action == "review.vote":
        return f"Votou no par {pair}: {_VERDICTS.get(verdict, verdict)}."
    if event.action == "review.undo":
        return f"Desfez o próprio voto no par {pair}: {_VERDICTS.get(verdict, verdict)}."
    listed = event.detail.get("records")
    records = " e ".join(str(record) for record in listed) if isinstance(listed, list) else ""
    said = _VERDICTS.get(event.action.partition(".")[2], "")
    if not (records and said):
        return f"{LABELS[Kind(event.kind)]}."
    verb = "Revogou o julgamento" if event.kind == Kind.JUDGEMENT_REVOKED else "Julgou"
    return f"{verb}: registros {records}, {said}."


def _work(event: AccessEvent) -> str:
    return f"{_WORK.get(event.action, LABELS[Kind.WORK_CHANGED])}."


def _handled(event: AccessEvent) -> str:
    """A step of a case of possible misuse."""
    return f"{_STEPS.get(event.action, event.action)} no alerta de desvio {event.detail.get('alert', '')}."


def _raised(event: AccessEvent) -> str:
    number, whose = event.detail.get("alert", ""), event.detail.get("username", "")
    return f"{_CAUSES.get(event.action, LABELS[Kind.ALERT_RAISED])}: alerta de desvio {number}, conta {whose}."


def _agency_key(event: AccessEvent) -> str:
    verb = _KEYS.get(event.action.partition(".")[2].partition(".")[0], event.action)
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
    said = _SEALS.get((event.kind, str(event.detail.get("step", ""))), LABELS[Kind(event.kind)])
    return f"{said} {event.detail.get('user', '')}".rstrip() + "."


def _seals_read(event: AccessEvent) -> str:
    count = len(event.subjects)
    return f"Leu a lista de sigilos: {count} {'ficha' if count == 1 else 'fichas'}, sem ver de quem."


def _agency(event: AccessEvent) -> str:
    what = _AGENCY.get(event.action)
    reason = event.detail.get("reason")
    if not what:
        return f"{LABELS[Kind.AGENCY_CHANGED]}."
    return f"{what} {event.detail.get('agency', '')}{f', motivo: {reason}' if reason else ''}."


def _report(event: AccessEvent) -> str:
    what = _REPORT.get(event.action)
    if not what:
        return f"{LABELS[Kind.MONTHLY_REPORT]}."
    if event.action == "report.read" and not event.detail.get("month"):
        return "Leu a lista de relatórios mensais."
    return f"{what} o relatório mensal de {event.detail.get('agency', '')}, {event.detail.get('month', '')}."


def _limited(event: AccessEvent) -> str:
    whose = "do órgão" if event.detail.get("whose") == "agency" else "próprio"
    what = _ACTIONS.get(event.action, event.action)
    return f"Pediu {what} além do limite {whose} de consultas, e nada viu."


_SENTENCES: Final[Mapping[Kind, Callable[[AccessEvent], str]]] = {
    Kind.LOGIN: lambda _: "Entrou na plataforma com senha e código.",
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
