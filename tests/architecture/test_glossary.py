"""Every model and every profile has its entry in docs/glossary.md, with the words users see."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from pghistory.models import Event

from credentialing.roles import LABELS, Role

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
OURS = ("credentialing", "audit", "registry", "ingestion", "consulta", "oversight")
# Rows kept of a model's changes have one entry for all.
MODELS = [model for label in OURS for model in apps.get_app_config(label).get_models() if not issubclass(model, Event)]


def _entries() -> dict[str, str]:
    """Name in the code → the words beside it. The lines are `| term | code | meaning |`."""
    lines = re.findall(r"^\| ([^|]+) \| `([^`|]+)` \|", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {code: words for words, code in lines}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_the_model_has_its_entry_with_the_name_users_see(model: type[Model]) -> None:
    words = _entries()[f"{model._meta.app_label}.{model.__name__}"]
    assert str(model._meta.verbose_name) in words


@pytest.mark.parametrize("role", list(Role))
def test_the_profile_has_its_entry(role: Role) -> None:
    assert LABELS[role].lower() in _entries()[f"Role.{role.name}"].lower()


def test_no_entry_names_a_model_that_is_gone() -> None:
    models = {f"{model._meta.app_label}.{model.__name__}" for model in MODELS}
    named = {code for code in _entries() if code.split(".")[0] in OURS}
    assert named - models == set()
