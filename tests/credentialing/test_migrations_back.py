"""Migrations that rewrite rows can be taken back, and made again, on a base with rows."""

from credentialing.models import Purpose, User
from tests.factories.credentialing import PASSWORD, make_purpose, make_user
from tests.schema import owner

ENCRYPTED = "0013_justifications_encrypted"
ONE_WAY = "0014_one_way_in"


def test_justifications_become_readable_only_when_the_migration_is_taken_back(committed: None) -> None:
    told = {str(make_purpose(justification=words).pk): words for words in ("Primeira, ação.", "Segunda, intimação.")}
    with owner("credentialing") as schema:
        schema.take_back(ENCRYPTED)
        assert dict(schema.ask("SELECT id::text, justification FROM credentialing_purpose")) == told
        schema.make_again(ENCRYPTED)
        assert {str(kept.pk): kept.justification for kept in Purpose.objects.using("owner")} == told


def test_a_password_that_somebody_else_knew_opens_nothing_any_more(committed: None) -> None:
    ours, theirs = make_user(), make_user()
    with owner("credentialing") as schema:
        schema.take_back(ONE_WAY)
        schema.run(f"UPDATE credentialing_user SET password_is_temporary = true WHERE id = {theirs.pk}")
        schema.make_again(ONE_WAY)
        known = {user.pk: user.check_password(PASSWORD) for user in User.objects.using("owner")}
        assert known == {ours.pk: True, theirs.pk: False}
