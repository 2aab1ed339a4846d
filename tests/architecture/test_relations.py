"""Foreign keys obey the arrows of docs/architecture.md: rows point at rows of apps below, never up or sideways."""

import pytest
from django.apps import apps
from django.db.models import Field

# An app → those its rows may point at, itself aside.
BELOW = {
    "audit": set[str](),
    "credentialing": set[str](),
    "registry": set[str](),
    "ingestion": {"registry", "credentialing"},
    "consulta": {"registry", "credentialing"},
    "oversight": {"registry", "credentialing", "consulta"},
}


def _relations() -> list[tuple[str, Field, str]]:
    return [
        (label, field, field.related_model._meta.app_label)
        for label in BELOW
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.is_relation
    ]


def test_every_app_of_ours_with_models_has_its_arrows() -> None:
    ours = {app.label for app in apps.get_app_configs() if "site-packages" not in app.path and list(app.get_models())}
    assert ours <= set(BELOW)


@pytest.mark.parametrize("app", BELOW)
def test_rows_point_downward(app: str) -> None:
    wrong = [str(field) for label, field, target in _relations() if label == app and target not in BELOW[app] | {app}]
    assert wrong == []


def test_events_point_at_nothing() -> None:
    """What an event names may go; the event stays, and stays true."""
    assert [str(field) for label, field, _ in _relations() if label == "audit"] == []
