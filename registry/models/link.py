"""Links between persons, derived from what states tell of their records."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from registry.models.person import Person


class LinkKind(models.TextChoices):
    """What links two persons. The first three are stored (`PersonLink`), the others found when asked for."""

    KIN = "K", "Parentesco declarado"
    VISIT = "V", "Visita"
    LAWYER = "L", "Advogado"
    CELL = "C", "Mesma cela"
    CASE = "N", "Mesmo processo"
    SHARED_VISITOR = "S", "Mesmo visitante"
    PHONE = "T", "Mesmo telefone"
    ADDRESS = "E", "Mesmo endereço"
    SHARED_LAWYER = "D", "Mesmo advogado"


class Way(models.IntegerChoices):
    """Who of `a` and `b` visits or defends the other. Bits: both may be set."""

    TO = 1, "a visita ou defende b"
    FROM = 2, "b visita ou defende a"
    BOTH = 3, "um ao outro"


class PersonLink(models.Model):
    """A link of one kind that states recorded between two persons (*vínculo*); derived, kept by `services.links`.

    Each is stored twice, once from either side, so that all of a person's links lie together. `contacts` counts visits
    or attendances; `since` and `last` are the dates of the first and last evidence, `valid_until` of the last
    authorisation; `origins` are ids of those that tell of it.
    """

    pk = models.CompositePrimaryKey("a_id", "kind", "b_id")
    a = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name="de", db_constraint=False, db_index=False
    )
    kind = models.CharField("tipo", max_length=1, choices=LinkKind.choices)
    b = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name="a", db_constraint=False, db_index=False
    )
    way = models.SmallIntegerField("sentido", choices=Way.choices)
    strength = models.SmallIntegerField("força")
    contacts = models.IntegerField("contatos")
    since = models.DateField("desde", null=True)
    last = models.DateField("até", null=True)
    valid_until = models.DateField("validade", null=True)
    status = models.CharField("situação", max_length=12, blank=True)
    kinships = ArrayField(models.CharField(max_length=20), verbose_name="parentescos", default=list)
    origins = ArrayField(models.BigIntegerField(), verbose_name="origens", default=list)

    class Meta:
        verbose_name = "vínculo entre pessoas"
        verbose_name_plural = "vínculos entre pessoas"
