"""Records as matching compares them."""

from django.db import models
from django.db.models.functions import Now

from registry.matching.blocking import INDEXES, Rule
from registry.models.record import Record


def _word() -> "models.TextField[str | None, str | None]":
    """Compared byte by byte: keys have no language."""
    return models.TextField(null=True, db_collation="C")


def _index(name: str, columns: Rule, needed: int) -> models.Index:
    known = models.Q(**{f"{column}__isnull": False for column in columns[:needed]})
    return models.Index(fields=list(columns), name=name, condition=known)


class MatchSubject(models.Model):
    """The comparable form of a record (*forma comparável*), as `matching.subjects.subject` makes it.

    `resolution.settle` keeps it up for the records that wait to be judged. Lists of keys are their key split at the
    spaces. The indexes are those by which the rules of `matching.blocking` find candidates.
    """

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    name, agnome, alias = _word(), _word(), _word()
    key_name, key_words, key_given, key_ends = _word(), _word(), _word(), _word()
    key_last, key_start, key_tail = _word(), _word(), _word()
    mother, key_mother, key_mother_given, key_mother_ends = _word(), _word(), _word(), _word()
    key_father, key_father_given = _word(), _word()
    birth, birth_any, month_day = _word(), _word(), _word()
    year = models.IntegerField(null=True)
    cpf, cpf_right, rji, rg, rg_uf, oab, lawyer = _word(), _word(), _word(), _word(), _word(), _word(), _word()
    birthplace, sex = _word(), _word()
    model = models.CharField("ligado por", max_length=12, blank=True, db_default="")  # version that linked this form
    changed_at = models.DateTimeField("alterado em", db_default=Now())

    class Meta:
        verbose_name = "forma comparável"
        verbose_name_plural = "formas comparáveis"
        indexes = [_index(name, *index) for name, index in INDEXES.items()]
