"""What is found by crossing records with each other: narrow rows, rebuilt for the persons that loads touch."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from registry.models.person import Person
from registry.models.record import Record


class CrossingKind(models.TextChoices):
    """What a crossing says of a person, or of two."""

    VISITOR_PRISONER = "visitor_prisoner", "Visitante que é ou foi preso"
    VISITOR_OF_MANY = "visitor_of_many", "Visitante de muitos presos"
    LAWYER_VISITOR = "lawyer_visitor", "Advogado que também é visitante"
    LAWYER_PRISONER = "lawyer_prisoner", "Advogado que é ou foi preso"
    LAWYER_OF_MANY = "lawyer_of_many", "Advogado de muitos presos"
    SAME_PHONE = "same_phone", "Mesmo telefone"
    SAME_ADDRESS = "same_address", "Mesmo endereço"
    DEAD_DOCUMENT = "dead_document", "Documento de pessoa falecida"
    SAME_RJI = "same_rji", "Mesmo RJI em duas pessoas"
    SAME_PHOTO = "same_photo", "Mesma fotografia em duas pessoas"
    SAME_CPF = "same_cpf", "Mesmo CPF em duas pessoas"
    TWO_UNITS = "two_units", "Mesma pessoa em duas unidades"
    SAME_OAB = "same_oab", "Mesma inscrição na OAB em duas pessoas"


# The order of a list: the gravest first, then the latest.
_LISTED = (models.F("weight").desc(), models.F("last_on").desc(nulls_last=True), models.F("id"))


class Crossing(models.Model):
    """A crossing (*cruzamento*): derived, never a proof.

    `other` is the second person of a pair. `named` are up to three more, to be shown. `lawyer` says that it rests on
    a lawyer's registration. `weight` orders a list: the number of prisoners for those of many, else the gravity.
    For those of many, four parallel arrays have one element a prisoner, the latest contact first: `recent` its day,
    `at_units` (0 unknown) and `at_ufs` where, `close` whether a close relative is authorised.
    """

    kind = models.CharField("tipo", max_length=20, choices=CrossingKind.choices)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name="pessoa", db_constraint=False
    )
    other = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, related_name="+", verbose_name="outra pessoa", db_constraint=False
    )
    trace = models.UUIDField("chave do contato", null=True)  # of ContactKey, for what rests on one
    lawyer = models.BooleanField("revela advogado", default=False, db_default=False)
    weight = models.PositiveSmallIntegerField("peso")
    last_on = models.DateField("último fato", null=True)
    marks = ArrayField(models.CharField(max_length=16), verbose_name="sinais", default=list, db_default=[])
    ufs = ArrayField(models.CharField(max_length=2), verbose_name="UFs", default=list, db_default=[])
    units = ArrayField(models.BigIntegerField(), verbose_name="unidades", default=list, db_default=[])
    named = ArrayField(models.BigIntegerField(), verbose_name="outras pessoas", default=list, db_default=[])
    recent = ArrayField(models.DateField(), verbose_name="últimos contatos", default=list, db_default=[])
    at_units = ArrayField(models.BigIntegerField(), verbose_name="unidade de cada contato", default=list, db_default=[])
    at_ufs = ArrayField(models.CharField(max_length=2), verbose_name="UF de cada contato", default=list, db_default=[])
    close = ArrayField(models.BooleanField(), verbose_name="parente próximo", default=list, db_default=[])
    detail = models.JSONField("pormenores", default=dict, db_default={})

    class Meta:
        verbose_name = "cruzamento"
        verbose_name_plural = "cruzamentos"
        indexes = [
            models.Index("kind", *_LISTED, name="crossing_list"),
            # By its first state, by its second, and the few of more: a list of one state reads the three.
            models.Index("kind", models.F("ufs__0"), *_LISTED, name="crossing_list_first"),
            models.Index(
                "kind",
                models.F("ufs__1"),
                *_LISTED,
                name="crossing_list_second",
                condition=models.Q(ufs__1__isnull=False),
            ),
            models.Index("kind", *_LISTED, name="crossing_list_beyond", condition=models.Q(ufs__2__isnull=False)),
            models.Index(fields=["trace"], name="crossing_trace", condition=~models.Q(trace=None)),
            GinIndex(fields=["units"], name="crossing_units"),
        ]


class ContactKind(models.TextChoices):
    """What two records may have in common besides names and documents."""

    PHONE = "T", "Telefone"
    ADDRESS = "E", "Endereço"
    MARK = "M", "Sinal"


class ContactKey(models.Model):
    """A telephone, an address or a word of a mark in comparable form (*chave de contato*), hashed to 16 bytes."""

    kind = models.CharField("tipo", max_length=1, choices=ContactKind.choices)
    key = models.UUIDField("chave")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name="pessoa", db_constraint=False
    )
    record = models.ForeignKey(
        Record,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="registro",
        db_constraint=False,
        db_index=False,
    )
    lawyer = models.BooleanField("de advogado")

    class Meta:
        verbose_name = "chave de contato"
        verbose_name_plural = "chaves de contato"
        indexes = [models.Index(fields=["kind", "key"], name="contact_key")]


class Crowd(models.Model):
    """A telephone or address that too many persons have to mean anything (*contato de preenchimento*)."""

    kind = models.CharField("tipo", max_length=1, choices=ContactKind.choices)
    key = models.UUIDField("chave")
    persons = models.PositiveIntegerField("pessoas")  # counted up to a thousand
    prisoners = models.PositiveIntegerField("presos")
    ufs = ArrayField(models.CharField(max_length=2), verbose_name="UFs", default=list, db_default=[])

    class Meta:
        verbose_name = "contato de preenchimento"
        verbose_name_plural = "contatos de preenchimento"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="crowd_once")]


class Unidentified(models.Model):
    """A prison registration of somebody whose identity the state does not know (*pessoa não identificada*)."""

    record = models.OneToOneField(
        Record,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="registro",
        db_constraint=False,
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", verbose_name="pessoa", db_constraint=False
    )
    sex = models.CharField("sexo", max_length=1, blank=True)
    since = models.DateField("primeira custódia", null=True)
    unnamed = models.BooleanField("sem nome")  # else it has a name, and no document at all

    class Meta:
        verbose_name = "pessoa não identificada"
        verbose_name_plural = "pessoas não identificadas"
        indexes = [models.Index(fields=["unnamed", "since"], name="unidentified_since")]


class PendingCrossing(models.Model):
    """A person whose crossings `crossing.refresh` has not rebuilt yet."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    since = models.DateTimeField("desde", db_default=Now())

    class Meta:
        verbose_name = "pessoa a cruzar"
        verbose_name_plural = "pessoas a cruzar"
