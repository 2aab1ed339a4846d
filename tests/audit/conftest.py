"""The audit as production has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from tests.conftest import READABLE


@pytest.fixture
def as_in_production(committed: None) -> Iterator[None]:
    """Without the reading that other tests' application has."""
    grantee = "FROM senappen_app"
    with connections["owner"].cursor() as cursor:
        cursor.execute(READABLE.replace("GRANT", "REVOKE").replace("TO senappen_app", grantee))
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute(READABLE)


@pytest.fixture
def handed_out(tmp_path: Path, settings: Settings) -> Path:
    """An empty folder for checkpoints."""
    folder = tmp_path / "checkpoints"
    folder.mkdir()
    settings.AUDIT_CHECKPOINT_DIR = str(folder)
    return folder
