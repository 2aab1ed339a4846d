"""A state's registration of a human being: as prisoner, visitor or lawyer."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from registry.models.observed import Observed
from registry.models.person import Person


class RecordKind(models.TextChoices):
    """In which capacity a state registered the person."""

    PRISONER = "P", "Preso"
    VISITOR = "V", "Visitante"
    LAWYER = "L", "Advogado"


class Record(Observed):
    """What the three kinds of registration share (*registro*). Text is kept as received; `*_norm` serve matching.

    Like facts, records refer to persons, and their kinds to them, without a check of each row (see `Observed`).
    """

    kind = models.CharField("tipo", max_length=1, choices=RecordKind.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="records", verbose_name="pessoa", db_constraint=False
    )
    home = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="home_record", db_constraint=False)
    name = models.CharField("nome", max_length=200)
    mother_name = models.CharField("nome da mãe", max_length=200, blank=True)
    father_name = models.CharField("nome do pai", max_length=200, blank=True)
    birth_date = models.DateField("nascimento", null=True)
    sex = models.CharField("sexo", max_length=1, blank=True)
    cpf = models.CharField("CPF", max_length=11, blank=True)  # digits, only when the check digits are right
    phone = models.CharField("telefone", max_length=30, blank=True)
    address = models.TextField("endereço", blank=True)
    name_norm = models.CharField(max_length=200, blank=True)
    mother_norm = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "registro"
        verbose_name_plural = "registros"
        constraints = [
            models.UniqueConstraint(fields=["origin", "kind", "origin_key"], name="record_once_per_origin"),
        ]
        indexes = [
            models.Index(fields=["cpf"], name="record_cpf", condition=~models.Q(cpf="")),
            models.Index(fields=["name_norm", "birth_date"], name="record_name_birth"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.origin_id}:{self.origin_key}"


class Prisoner(Record):
    """A prison registration (*preso*): the fields of `vw_preso` (Lei 12.714/2012, art. 2)."""

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, db_constraint=False
    )
    registration = models.CharField("matrícula", max_length=45, blank=True)
    registration_norm = models.CharField(max_length=45, blank=True)  # values.documents, kind MATRICULA
    rji = models.CharField("RJI", max_length=11, blank=True)
    social_name = models.CharField("nome social", max_length=200, blank=True)
    gender_identity = models.CharField("identidade de gênero", max_length=20, blank=True)
    race = models.CharField("raça/cor", max_length=40, blank=True)
    indigenous_people = models.CharField("etnia indígena", max_length=60, blank=True)
    marital_status = models.CharField("estado civil", max_length=40, blank=True)
    schooling = models.CharField("escolaridade", max_length=60, blank=True)
    occupation = models.CharField("profissão", max_length=80, blank=True)
    nationality = models.CharField("nacionalidade", max_length=40, blank=True)
    birthplace = models.CharField("naturalidade (IBGE)", max_length=7, blank=True)
    disabilities = ArrayField(models.CharField(max_length=80), verbose_name="deficiências", default=list)
    pregnant = models.BooleanField("gestante", null=True)
    lactating = models.BooleanField("lactante", null=True)
    children = models.PositiveSmallIntegerField("filhos", null=True)
    area = models.CharField("procedência", max_length=60, blank=True)
    email = models.CharField("e-mail", max_length=120, blank=True)
    died_on = models.DateField("óbito", null=True)

    class Meta:
        verbose_name = "preso"
        verbose_name_plural = "presos"
        indexes = [
            models.Index(
                fields=["registration_norm"], name="prisoner_registration", condition=~models.Q(registration_norm="")
            ),
            models.Index(fields=["rji"], name="prisoner_rji", condition=~models.Q(rji="")),
        ]


class Visitor(Record):
    """A visitor's registration (*visitante*): the fields of `vw_visitante`."""

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, db_constraint=False
    )
    rg = models.CharField("RG", max_length=20, blank=True)
    rg_norm = models.CharField(max_length=20, blank=True)  # values.documents, kind RG; empty when it is no RG
    background = models.CharField("antecedentes", max_length=20, blank=True)

    class Meta:
        verbose_name = "visitante"
        verbose_name_plural = "visitantes"
        indexes = [models.Index(fields=["rg_norm"], name="visitor_rg", condition=~models.Q(rg_norm=""))]


class Lawyer(Record):
    """A lawyer's registration (*advogado*): the fields of `vw_advogado`. Has prerogatives (Lei 8.906/1994, art. 7)."""

    record_ptr = models.OneToOneField(
        Record, on_delete=models.CASCADE, parent_link=True, primary_key=True, db_constraint=False
    )
    oab_uf = models.CharField("UF da OAB", max_length=2, blank=True)
    oab_number = models.CharField("número da OAB", max_length=7, blank=True)
    oab_kind = models.CharField("tipo de inscrição", max_length=20, blank=True)

    class Meta:
        verbose_name = "advogado"
        verbose_name_plural = "advogados"
        indexes = [models.Index(fields=["oab_uf", "oab_number"], name="lawyer_oab")]
