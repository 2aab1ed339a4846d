"""Opening a source: encrypted credentials, versions of its mapping, one enabled source an origin."""

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import AccessEvent
from ingestion.mapping.reading import MappingError
from ingestion.models import Credentials, MappingVersion, Rule, Source, ViewCursor
from ingestion.problems import SourceProblem
from ingestion.services import mappings, sources
from senappen.embedded.certificates import Authority
from senappen.lib.crypto import DecryptionError
from tests.factories.ingestion import BY, PASSWORD, State, load, make_mapping, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


def test_credentials_are_kept_encrypted_and_bound_to_their_source(state: State) -> None:
    source = make_source(state)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encrypted_credentials FROM ingestion_source")
        kept = bytes(cursor.fetchone()[0])

    assert PASSWORD.encode() not in kept
    assert Source.objects.get().credentials.password == PASSWORD
    source.pk += 1
    with pytest.raises(DecryptionError):
        _ = source.credentials


def test_credentials_never_show_in_a_traceback() -> None:
    assert "segredo" not in repr(Credentials("leitor", "segredo"))


def test_opening_a_source_is_audited_without_its_address_or_credentials(state: State) -> None:
    make_source(state)

    event = AccessEvent.objects.get(action="source.create")
    assert event.detail["origin"] == "AL"
    assert PASSWORD not in str(event.detail)


def test_an_origin_has_one_enabled_source(state: State) -> None:
    make_source(state)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_source(state)


def test_a_source_that_lacks_what_its_rule_requires_is_not_opened(state: State) -> None:
    with pytest.raises(SourceProblem, match="guarde o certificado da autoridade"):
        make_source(state, rule=Rule.SQL_INTERNET)

    assert not Source.objects.exists()


def test_a_change_of_rule_keeps_secrets_cursors_and_history(state: State) -> None:
    state.add("vw_preso", 1)
    source = make_source(state)
    sources.put_secret(source=source, name="chave", value="k1", by=BY)
    load(source)
    cursors = list(ViewCursor.objects.values("view", "position"))

    sources.change_rule(
        source=source, rule=Rule.SQL_INTERNET, host="banco.exemplo", authority=Authority().pem,
        credentials=Credentials("outro", "nova"), by=BY,
    )  # fmt: skip

    kept = Source.objects.get()
    assert (kept.rule, kept.host, kept.database) == (Rule.SQL_INTERNET, "banco.exemplo", state.name)
    assert kept.credentials.named == {"chave": "k1", "username": "outro", "password": "nova"}
    assert list(ViewCursor.objects.values("view", "position")) == cursors
    assert kept.loads.count() == 1


def test_a_change_of_rule_is_audited_without_the_address(state: State) -> None:
    sources.change_rule(source=make_source(state), rule=Rule.SQL_INTERNET, authority=Authority().pem, by=BY)

    detail = AccessEvent.objects.get(action="source.rule").detail
    assert (detail["from"], detail["to"], detail["origin"]) == (1, 5, "AL")
    assert "127.0.0.1" not in str(detail)


def test_a_change_to_a_rule_that_is_not_ready_changes_nothing(state: State) -> None:
    source = make_source(state)

    with pytest.raises(SourceProblem):
        sources.change_rule(source=source, rule=Rule.SQL_INTERNET, host="banco.exemplo", by=BY)

    assert (Source.objects.get().rule, Source.objects.get().host) == (Rule.SQL_VPN, "127.0.0.1")


def test_each_new_text_of_a_mapping_is_a_version_and_the_same_text_is_not(state: State) -> None:
    source = make_source(state)
    mappings.put_in_use(source=source, text=make_mapping(), by=BY)
    mappings.put_in_use(source=source, text=make_mapping(not_declared=["X"]), by=BY)

    assert list(MappingVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Source.objects.get().mapping == MappingVersion.objects.get(number=2)


def test_a_mapping_of_another_origin_is_refused(state: State) -> None:
    source = make_source(state)

    with pytest.raises(MappingError, match="PE"):
        mappings.put_in_use(source=source, text=make_mapping("PE"), by=BY)


def test_new_credentials_take_the_place_of_the_old(state: State) -> None:
    source = make_source(state)

    sources.replace_credentials(source=source, credentials=Credentials("outro", "nova"), by=BY)

    assert Source.objects.get().credentials == Credentials("outro", "nova")
