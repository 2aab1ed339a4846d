"""What the search reads: one narrow row per person, and the vocabulary of its names."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from registry.models.person import Person
from registry.models.unit import Unit


class Situation(models.TextChoices):
    """What the prison system last knew of a person's freedom (*situação*), judged from custody and movements."""

    CUSTODY = "CUSTODY", "Custodiado"
    TRANSIT = "TRANSIT", "Saída temporária ou trânsito"
    FUGITIVE = "FUGITIVE", "Foragido"
    RELEASED = "RELEASED", "Egresso"
    DEAD = "DEAD", "Falecido"
    NONE = "NONE", "Sem passagem"


class Audience(models.TextChoices):
    """Who finds a person by a search document (ADR 23)."""

    EVERYBODY = "E", "Todos"
    LAWYERS = "L", "Quem vê advogados"
    OTHERS = "O", "Quem não vê advogados"


class PersonSearch(models.Model):
    """The search document of a person (*documento de busca*); derived, rebuilt whenever its records change.

    `names` holds every normalised name joined by `|`; `keys` the ids of their phonetic keys (registry.values.lexemes).
    Whoever has a lawyer's record has a document for those who may see lawyers, made of all the records, and, if there
    are others, a second one made of these alone. So each viewer meets at most one document of a person.
    """

    pk = models.CompositePrimaryKey("person_id", "audience")
    person = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="pessoa",
        db_constraint=False,
        db_index=False,  # the primary key begins with it
    )
    audience = models.CharField(
        "público", max_length=1, choices=Audience.choices, default=Audience.EVERYBODY, db_default=Audience.EVERYBODY
    )
    names = models.TextField("nomes")
    mothers = models.TextField("mães", blank=True)
    fathers = models.TextField("pais", blank=True)
    births = ArrayField(models.DateField(), verbose_name="nascimentos", default=list)
    sex = models.CharField("sexo", max_length=1, blank=True)
    kinds = ArrayField(models.CharField(max_length=1), verbose_name="tipos", default=list)
    ufs = ArrayField(models.CharField(max_length=2), verbose_name="UFs com registro", default=list)
    # Where the person is now; empty for who is in no custody.
    uf = models.CharField("UF de custódia", max_length=2, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="unidade", db_constraint=False
    )
    regime = models.CharField("regime", max_length=20, blank=True)
    modality = models.CharField("modalidade de custódia", max_length=30, blank=True)
    situation = models.CharField("situação", max_length=20, choices=Situation.choices)
    keys = ArrayField(models.IntegerField(), verbose_name="chaves", default=list)

    class Meta:
        verbose_name = "documento de busca"
        verbose_name_plural = "documentos de busca"
        indexes = [GinIndex(fields=["keys"], name="search_keys", fastupdate=True)]


class Pairing(models.IntegerChoices):
    """Whether documents tell a key's pairs with the others that are paired, and with years of birth."""

    NONE = 0, "Não"
    WRITTEN = 1, "Em escrita"  # every document written from now on has them
    SEARCHED = 2, "Sim"  # every document has them


class NameKey(models.Model):
    """A phonetic key of the vocabulary and how many persons carry it (`people`), or whose parents do.

    `lawyers` counts apart those found by it only where lawyers may be seen. `pairing` is of keys that many carry, so
    that a search for two of them reads neither's whole list.
    """

    key = models.CharField("chave", max_length=40, unique=True, db_collation="C")
    people = models.PositiveIntegerField("pessoas", default=0)
    lawyers = models.PositiveIntegerField("advogados", default=0)
    mothers = models.PositiveIntegerField("mães", default=0)
    fathers = models.PositiveIntegerField("pais", default=0)
    pairing = models.PositiveSmallIntegerField("pares", choices=Pairing.choices, db_default=Pairing.NONE)
    # Hashes of the key and of what one or two letters less leave of it: near keys have some in common.
    deletions = models.GeneratedField(
        expression=models.Func(models.F("key"), models.Value(7), function="registry_deletions"),
        output_field=ArrayField(models.IntegerField()),
        db_persist=True,
        verbose_name="apagamentos",
    )

    class Meta:
        verbose_name = "chave fonética"
        verbose_name_plural = "chaves fonéticas"
        indexes = [GinIndex(fields=["deletions"], name="name_key_near", fastupdate=False)]
