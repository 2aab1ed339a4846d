"""What a report says, for the page and the files alike."""

from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from audit.reports import figures
from credentialing.models import MonthlyReport, Scope
from credentialing.roles import LABELS, Role
from senappen.lib.wording import moment, tag, thousands

MONTHS: Final = (
    "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro",
    "dezembro",
)  # fmt: skip
NO_OPERATIONS: Final = "Nenhuma operação registrada na plataforma neste mês. O órgão descreve as suas nas observações."


def report(found: MonthlyReport) -> dict[str, Any]:
    """The report: facts, and for each scope its tables and what the agency added."""
    tied = None if found.is_signed else figures.anchor()
    checkpoint = (found.checkpoint, found.root) if found.is_signed else (tied.number, tied.root) if tied else (None, "")
    return {
        "report": found,
        "month": words(found),
        "state": state(found),
        "facts": _facts(found, *checkpoint),
        "sections": [_section(found, scope) for scope in Scope],
        "central_body": settings.CENTRAL_BODY,
        "platform_name": settings.PLATFORM_NAME,
    }


def words(found: MonthlyReport) -> str:
    """`outubro de 2026`."""
    return f"{MONTHS[found.month.month - 1]} de {found.month.year}"


def state(found: MonthlyReport) -> dict[str, str]:
    """Signed, or still with the agency."""
    return tag("assinado e entregue", "ok") if found.is_signed else tag("em preparo", "warn")


def _facts(found: MonthlyReport, number: int | None, root: str) -> list[dict[str, str]]:
    signed = found.signed_at
    signer = f"{found.signed_by.full_name}, {found.signed_by.role_label}" if found.signed_by else "ninguém ainda"
    return [
        {"label": "Órgão", "value": f"{found.agency.acronym} · {found.agency.name}"},
        {"label": "Mês", "value": words(found)},
        {"label": "Preparado em", "value": moment(timezone.localtime(found.prepared_at))},
        {"label": "Assinado por", "value": signer},
        {"label": "Assinado em", "value": moment(timezone.localtime(signed)) if signed else "não assinado"},
        {"label": "SHA-256 do conteúdo", "value": found.sha256 or found.digest},
        {"label": "Ponto de controle da auditoria", "value": thousands(number) if number else "nenhum ainda"},
        {"label": "Raiz da auditoria", "value": root or "nenhuma ainda"},
    ]


def _section(found: MonthlyReport, scope: Scope) -> dict[str, Any]:
    known: dict[str, Any] = found.figures.get(scope, {})
    tables = {Scope.USERS: _users, Scope.OPERATIONS: _operations, Scope.BEHAVIOUR: _behaviour}[scope](known)
    return {
        "scope": scope.value,
        "title": scope.label,
        "tables": tables,
        "none": NO_OPERATIONS if scope is Scope.OPERATIONS and not tables else "",
        "remark": found.remarks.get(scope, ""),
    }


def _users(known: dict[str, Any]) -> list[dict[str, Any]]:
    active = [[row["what"], row["count"]] for row in known["active"] if row["count"]]
    return [
        _table("Contas ativas ao preparar", ["Perfil", "Contas"], [*active, ["Efetivo do órgão", known["headcount"]]]),
        _table("O que se fez sobre contas e acessos no mês", ["Evento", "Vezes"], _events(known)),
    ]


def _operations(known: dict[str, Any]) -> list[dict[str, Any]]:
    rows = _events(known)
    return [_table("Operações do mês", ["Operação", "Eventos"], rows)] if rows else []


def _behaviour(known: dict[str, Any]) -> list[dict[str, Any]]:
    totals = [*_events(known), ["Pessoas mostradas (cada vez conta)", known["shown"]]]
    accounts = [
        [row["actor"], LABELS[Role(row["role"])], row["days"], row["asked"], row["shown"], row["denied"]]
        for row in known["accounts"]
    ]
    heads = ["Usuário", "Perfil", "Dias de uso", "Consultas", "Pessoas mostradas", "Recusas"]
    return [
        _table("O uso no mês", ["Evento", "Vezes"], totals),
        _table("Conta a conta, a que mais consultou primeiro", heads, accounts),
    ]


def _events(known: dict[str, Any]) -> list[list[Any]]:
    return [[row["what"], row["count"]] for row in known["events"]]


def _table(title: str, heads: list[str], rows: list[list[Any]]) -> dict[str, Any]:
    return {"title": title, "heads": heads, "rows": rows}
