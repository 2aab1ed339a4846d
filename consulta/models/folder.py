"""Folders of a case: persons, searches and notes, shared by name."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from consulta.models.told import Told
from credentialing.models import Agency, User
from registry.models import Person


class FolderQuerySet(models.QuerySet["Folder"]):
    """Whose folders one may open."""

    def open_to(self, user: User) -> "FolderQuerySet":
        """One's own, and those that somebody of the same agency shared with one by name."""
        granted = FolderGrant.objects.filter(user=user, revoked_at=None).values("folder")
        shared = models.Q(pk__in=granted, agency=user.agency_id)
        return self.filter(models.Q(owner=user, agency=user.agency_id) | shared)


class Folder(Told):
    """A folder of a case (*pasta*). Title and case are kept encrypted. It stays in the agency it was made in."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="responsável"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="órgão")
    created_at = models.DateTimeField("aberta em", auto_now_add=True)
    closed_at = models.DateTimeField("encerrada em", null=True)

    objects = FolderQuerySet.as_manager()

    class Meta:
        verbose_name = "pasta"
        verbose_name_plural = "pastas"
        ordering = ["closed_at", "-created_at"]
        indexes = [models.Index(fields=["owner", "-created_at"], name="folder_of_owner")]


class FolderGrant(models.Model):
    """One person of the agency whom the owner lets in (*compartilhamento*); revoked, it stays as history."""

    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="grants", verbose_name="pasta")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="usuário"
    )
    may_write = models.BooleanField("pode acrescentar", default=False)
    granted_at = models.DateTimeField("desde", db_default=Now())
    revoked_at = models.DateTimeField("retirado em", null=True)

    class Meta:
        verbose_name = "compartilhamento de pasta"
        verbose_name_plural = "compartilhamentos de pasta"
        constraints = [
            models.UniqueConstraint(
                fields=["folder", "user"], condition=models.Q(revoked_at=None), name="folder_granted_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class FolderItem(Told):
    """A person, or a search, in a folder (*item da pasta*). A person is the home person of a record met (ADR 3); the
    words are why they are here, or the name and criteria of the search."""

    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="items", verbose_name="pasta")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="pessoa", db_constraint=False
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="por"
    )
    added_at = models.DateTimeField("em", auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="retirado por"
    )
    removed_at = models.DateTimeField("retirado em", null=True)

    class Meta:
        verbose_name = "item da pasta"
        verbose_name_plural = "itens da pasta"
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["folder", "person"],
                condition=models.Q(removed_at=None, person__isnull=False),
                name="folder_person_once",
            )
        ]


class Reliability(models.TextChoices):
    """How reliable a source is: the letter of the Admiralty code (NATO AJP-2.1)."""

    A = "A", "A · inteiramente confiável"
    B = "B", "B · normalmente confiável"
    C = "C", "C · razoavelmente confiável"
    D = "D", "D · normalmente não confiável"
    E = "E", "E · não confiável"
    F = "F", "F · não pode ser avaliada"


class Credibility(models.IntegerChoices):
    """How credible an information is: the number of the Admiralty code."""

    CONFIRMED = 1, "1 · confirmada por outras fontes"
    PROBABLE = 2, "2 · provavelmente verdadeira"
    POSSIBLE = 3, "3 · possivelmente verdadeira"
    DOUBTFUL = 4, "4 · duvidosa"
    IMPROBABLE = 5, "5 · improvável"
    UNKNOWN = 6, "6 · não pode ser avaliada"


class FolderNote(Told):
    """A note in a folder (*nota*), with the evaluation of its source. Never rewritten: a wrong one is withdrawn."""

    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="notes", verbose_name="pasta")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="autor"
    )
    reliability = models.CharField("fonte", max_length=1, choices=Reliability.choices)
    credibility = models.PositiveSmallIntegerField("informação", choices=Credibility.choices)
    written_at = models.DateTimeField("escrita em", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="retirada por"
    )
    withdrawn_at = models.DateTimeField("retirada em", null=True)

    class Meta:
        verbose_name = "nota"
        verbose_name_plural = "notas"
        ordering = ["-written_at"]
