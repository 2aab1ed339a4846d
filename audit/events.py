"""What can be recorded: a closed list of kinds, and the frozen shapes that carry them.

Events hold text and numbers, never foreign keys: what they name may change or go, what was recorded may not.
"""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Every kind of event. The value is stored; `LABELS` has the words users see."""

    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    SECOND_FACTOR_FAILED = "second_factor_failed"
    LOGOUT = "logout"
    STEPPED_UP = "stepped_up"
    TOKEN_ISSUED = "token_issued"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PURPOSE_DECLARED = "purpose_declared"
    PURPOSE_CLOSED = "purpose_closed"
    INTENT = "intent"
    DISCLOSURE = "disclosure"
    DENIED = "denied"
    ADMIN_VIEW = "admin_view"
    ADMIN_CHANGE = "admin_change"
    AUDIT_READ = "audit_read"
    LOAD_STARTED = "load_started"
    LOAD_FINISHED = "load_finished"
    LOAD_FAILED = "load_failed"
    REPROCESSED = "reprocessed"
    REMOVALS_ANSWERED = "removals_answered"
    JUDGED = "judged"
    JUDGEMENT_REVOKED = "judgement_revoked"
    FINDING_TREATED = "finding_treated"
    CONFIGURED = "configured"
    SOURCE_CHECKED = "source_checked"
    FIGURES_BUILT = "figures_built"
    FIGURES_READ = "figures_read"
    FIGURES_SIGNED = "figures_signed"
    WORK_CHANGED = "work_changed"
    SEALS_READ = "seals_read"
    SEALED = "sealed"
    SEAL_LIFTED = "seal_lifted"
    SEAL_GRANTED = "seal_granted"
    SEAL_GRANT_REVOKED = "seal_grant_revoked"
    EXCEPTIONAL_OPENED = "exceptional_opened"
    EXCEPTIONAL_REVIEWED = "exceptional_reviewed"
    LIMIT_REACHED = "limit_reached"
    ACCESS_REQUEST = "access_request"
    ACCOUNT_CHANGED = "account_changed"
    CHALLENGED = "challenged"
    ACCOUNT_FROZEN = "account_frozen"
    ACCOUNT_UNFROZEN = "account_unfrozen"
    AGENCY_KEY = "agency_key"
    ALERT_RAISED = "alert_raised"
    ALERT_HANDLED = "alert_handled"
    SAMPLE_DRAWN = "sample_drawn"
    CANARY_CHANGED = "canary_changed"
    AGENCY_CHANGED = "agency_changed"
    MONTHLY_REPORT = "monthly_report"
    NOTICE_CHANGED = "notice_changed"


LABELS: dict[Kind, str] = {
    Kind.LOGIN: "Entrada",
    Kind.LOGIN_FAILED: "Entrada recusada",
    Kind.SECOND_FACTOR_FAILED: "Código de verificação recusado",
    Kind.LOGOUT: "Saída",
    Kind.STEPPED_UP: "Segundo fator provado de novo",
    Kind.TOKEN_ISSUED: "Credencial de API emitida",
    Kind.TOKEN_REVOKED: "Credencial de API revogada",
    Kind.PASSWORD_CHANGED: "Senha trocada",
    Kind.PURPOSE_DECLARED: "Finalidade declarada",
    Kind.PURPOSE_CLOSED: "Finalidade encerrada",
    Kind.INTENT: "Pedido de consulta",
    Kind.DISCLOSURE: "Dados mostrados",
    Kind.DENIED: "Acesso negado",
    Kind.ADMIN_VIEW: "Leitura na administração",
    Kind.ADMIN_CHANGE: "Alteração na administração",
    Kind.AUDIT_READ: "Leitura da auditoria",
    Kind.LOAD_STARTED: "Carga iniciada",
    Kind.LOAD_FINISHED: "Carga concluída",
    Kind.LOAD_FAILED: "Carga interrompida",
    Kind.REPROCESSED: "Quarentena reprocessada",
    Kind.REMOVALS_ANSWERED: "Exclusões de uma carga aprovadas ou recusadas",
    Kind.JUDGED: "Julgamento de identidade",
    Kind.JUDGEMENT_REVOKED: "Julgamento revogado",
    Kind.FINDING_TREATED: "Achado de qualidade tratado",
    Kind.CONFIGURED: "Configuração alterada",
    Kind.SOURCE_CHECKED: "Fonte verificada",
    Kind.FIGURES_BUILT: "Estatísticas apuradas",
    Kind.FIGURES_READ: "Estatísticas lidas",
    Kind.FIGURES_SIGNED: "Levantamento feito ou assinado",
    Kind.WORK_CHANGED: "Trabalho guardado alterado",
    Kind.SEALS_READ: "Sigilos lidos",
    Kind.SEALED: "Registro posto sob sigilo",
    Kind.SEAL_LIFTED: "Sigilo levantado",
    Kind.SEAL_GRANTED: "Autorização nominal a registro sigiloso",
    Kind.SEAL_GRANT_REVOKED: "Autorização nominal revogada",
    Kind.EXCEPTIONAL_OPENED: "Acesso excepcional usado",
    Kind.EXCEPTIONAL_REVIEWED: "Acesso excepcional revisto",
    Kind.LIMIT_REACHED: "Limite de consultas atingido",
    Kind.ACCESS_REQUEST: "Solicitação de acesso",
    Kind.ACCOUNT_CHANGED: "Conta aberta, alterada ou encerrada",
    Kind.CHALLENGED: "Segundo fator exigido pelo ritmo",
    Kind.ACCOUNT_FROZEN: "Conta congelada",
    Kind.ACCOUNT_UNFROZEN: "Conta liberada",
    Kind.AGENCY_KEY: "Chave de órgão cadastrada, congelada, liberada ou revogada",
    Kind.ALERT_RAISED: "Alerta de desvio",
    Kind.ALERT_HANDLED: "Andamento de alerta de desvio",
    Kind.SAMPLE_DRAWN: "Amostra semanal sorteada",
    Kind.CANARY_CHANGED: "Registro-isca plantado ou retirado",
    Kind.AGENCY_CHANGED: "Órgão: adesão, suspensão, prazo ou substituto",
    Kind.MONTHLY_REPORT: "Relatório mensal preparado, completado, assinado ou lido",
    Kind.NOTICE_CHANGED: "Aviso do sistema publicado ou retirado",
}


class Channel(StrEnum):
    """Through which door the actor came."""

    PAGE = "page"
    API = "api"
    ADMIN = "admin"
    CLI = "cli"
    TASK = "task"


CHANNEL_LABELS: dict[Channel, str] = {
    Channel.PAGE: "Página",
    Channel.API: "API",
    Channel.ADMIN: "Administração",
    Channel.CLI: "Linha de comando",
    Channel.TASK: "Processo automático",
}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts, as recorded: text copies, so that later changes to the account do not rewrite the past."""

    username: str
    channel: Channel
    id: int | None = None
    role: str = ""
    agency: str = ""
    address: str | None = None
    session: str = ""  # SHA-256 of the session key or token, never the key
    request: uuid.UUID = field(default_factory=uuid.uuid4)


def system(task: str) -> Actor:
    """A background process acting on nobody's behalf."""
    return Actor(username=f"system:{task}", channel=Channel.TASK)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One event to append.

    `subjects` are the public ids of the persons shown, in the order shown; `detail` is small JSON: what was
    asked or changed. A disclosure names the intent it answers.
    """

    kind: Kind
    actor: Actor
    action: str = ""
    purpose: uuid.UUID | None = None
    purpose_text: str = ""
    intent: int | None = None
    receipt: uuid.UUID | None = None
    subjects: tuple[uuid.UUID, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)
