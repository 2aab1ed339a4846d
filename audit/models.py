"""The table of events. Appended by a database function, partitioned by month, changed by nobody.

Only the `auditor` connection reads it: the application's role may append, nothing else.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from audit import sealing
from audit.events import CHANNEL_LABELS, LABELS, Channel, Kind
from senappen.lib.crypto import DecryptionError


class AccessEvent(models.Model):
    """One recorded event (*evento de auditoria*). Holds text, no foreign keys."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("quando")
    kind = models.CharField("evento", max_length=30, choices=[(k.value, LABELS[k]) for k in Kind])
    action = models.CharField("ação", max_length=60)
    actor_id = models.BigIntegerField("conta", null=True)
    actor = models.CharField("usuário", max_length=80)
    role = models.CharField("perfil", max_length=20)
    agency = models.CharField("órgão", max_length=20)
    channel = models.CharField("canal", max_length=10, choices=[(c.value, CHANNEL_LABELS[c]) for c in Channel])
    address = models.GenericIPAddressField("endereço", null=True)
    session = models.CharField("sessão", max_length=64)
    request = models.UUIDField("requisição")
    purpose = models.UUIDField("finalidade", null=True)
    intent = models.BigIntegerField("pedido", null=True)
    receipt = models.UUIDField("recibo", null=True)
    subjects = ArrayField(models.UUIDField(), verbose_name="pessoas mostradas")
    sealed = models.BinaryField()

    _texts: dict[str, Any]

    class Meta:
        verbose_name = "evento de auditoria"
        verbose_name_plural = "eventos de auditoria"
        ordering = ["-at", "-id"]
        # The closed permissions of `credentialing.roles`; Django's own add/change/delete do not exist here.
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"

    @property
    def purpose_text(self) -> str:
        """The declared purpose in words; empty when there was none or the text is forgotten."""
        text: str = self.texts.get("purpose_text", "")
        return text

    @purpose_text.setter
    def purpose_text(self, text: str) -> None:
        self._texts = {**self.texts, "purpose_text": text}

    @property
    def detail(self) -> dict[str, Any]:
        """What was asked or changed; empty when the text is forgotten."""
        detail: dict[str, Any] = self.texts.get("detail", {})
        return detail

    @detail.setter
    def detail(self, detail: dict[str, Any]) -> None:
        self._texts = {**self.texts, "detail": detail}

    @property
    def forgotten(self) -> bool:
        """True when the text cannot be read any more: its key was destroyed, or it was tampered with."""
        return bool(self.sealed) and not self.texts

    @property
    def texts(self) -> dict[str, Any]:
        """Both texts; empty when they are forgotten. One query, unless `open_with` was given the key."""
        if not hasattr(self, "_texts"):
            keys = EventKey.objects.using(self._state.db) if self.sealed else EventKey.objects.none()
            self.open_with(keys.filter(at=self.at, event=self.pk).values_list("wrapped", flat=True).first())
        return self._texts

    def open_with(self, wrapped: bytes | memoryview | None) -> None:
        """Open the texts with the event's key, read before."""
        self._texts = {}
        if wrapped is not None:
            try:
                found = sealing.Sealed(bytes(self.sealed), bytes(wrapped))
                self._texts = sealing.unseal(found, request=self.request, kind=self.kind)
            except DecryptionError:
                return


class EventKey(models.Model):
    """What opens the texts of one event (*chave de evento*), itself encrypted. Destroyed when its time is over."""

    event = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("quando")
    wrapped = models.BinaryField("chave cifrada")

    class Meta:
        verbose_name = "chave de evento"
        verbose_name_plural = "chaves de eventos"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.event}"


class Checkpoint(models.Model):
    """The signed state of the 16 chains at one moment (*ponto de controle*); its text is handed out."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("quando")
    text = models.TextField("texto assinado")

    class Meta:
        verbose_name = "ponto de controle"
        verbose_name_plural = "pontos de controle"
        ordering = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}"
