"""Keeping what may stand in no address, and opening it again."""

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from consulta.models import Inquiry, InquiryKind
from credentialing.models import Purpose


@transaction.atomic
def keep(kind: InquiryKind, told: dict[str, Any], purpose: Purpose) -> Inquiry:
    """Store it for as long as the purpose is open; those of the user's expired purposes are forgotten."""
    Inquiry.objects.filter(user_id=purpose.user_id, purpose__expires_at__lt=timezone.now()).delete()
    inquiry = Inquiry(user_id=purpose.user_id, purpose=purpose, kind=kind)
    inquiry.told = told
    inquiry.save()
    return inquiry


def open_inquiry(pk: uuid.UUID, kind: InquiryKind, purpose: Purpose) -> Inquiry | None:
    """The inquiry, if it was made by the same user under this very purpose."""
    return Inquiry.objects.filter(pk=pk, kind=kind, user_id=purpose.user_id, purpose=purpose).first()
