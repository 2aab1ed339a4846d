"""Migrations that rewrite rows can be taken back, and made again, on a base with rows."""

from credentialing.models import Purpose
from tests.factories.credentialing import make_purpose
from tests.schema import owner

ENCRYPTED = "0013_justifications_encrypted"


def test_justifications_become_readable_only_when_the_migration_is_taken_back(committed: None) -> None:
    told = {str(make_purpose(justification=words).pk): words for words in ("Primeira, ação.", "Segunda, intimação.")}
    with owner("credentialing") as schema:
        schema.take_back(ENCRYPTED)
        assert dict(schema.ask("SELECT id::text, justification FROM credentialing_purpose")) == told
        schema.make_again(ENCRYPTED)
        assert {str(kept.pk): kept.justification for kept in Purpose.objects.using("owner")} == told
