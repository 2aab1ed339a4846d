"""What a request must satisfy before anybody may approve it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils import timezone

from credentialing.models import AdhesionRequest, Agency, User
from credentialing.models.adhesion import INDICATED


@dataclass(frozen=True)
class Check:
    """One condition, in pt-BR, and whether the request satisfies it now."""

    text: str
    passed: bool


def of(request: AdhesionRequest) -> list[Check]:
    """Every condition, in the order of the form. Read anew each time: the world changes while a request waits."""
    indicated = list(request.indications.all())
    emails = [one.email.casefold() for one in indicated]
    numbers = [one.registration.casefold() for one in indicated]
    return [
        Check("Nenhum órgão da plataforma usa a sigla.", not _taken(request.acronym)),
        Check("O efetivo foi informado.", request.headcount > 0),
        Check("O fundamento legal e o termo (ou ACT) foram informados.", bool(request.legal_basis and request.term)),
        Check("A adesão ainda não venceu.", request.valid_until > timezone.localdate()),
        Check("Ponto focal, corregedor e os dois substitutos foram indicados.", len(indicated) == 2 * len(INDICATED)),
        Check(
            "São quatro pessoas: nenhum e-mail ou matrícula se repete.", _all_differ(emails) and _all_differ(numbers)
        ),
        Check("Nenhum indicado tem conta ativa: cada pessoa tem um só perfil.", not _has_account(emails)),
    ]


def failed(request: AdhesionRequest) -> Iterator[str]:
    """The conditions that are not satisfied."""
    return (check.text for check in of(request) if not check.passed)


def _taken(acronym: str) -> bool:
    return Agency.objects.filter(acronym__iexact=acronym).exists()


def _all_differ(texts: list[str]) -> bool:
    return len(set(texts)) == len(texts)


def _has_account(emails: list[str]) -> bool:
    active = User.objects.filter(is_active=True).annotate(plain=Lower("email"))
    return active.filter(plain__in=emails).exists()
