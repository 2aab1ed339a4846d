"""Rule 5: a database over the internet is read when it proves who it is, and told nothing when it does not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography import x509

from ingestion.conformity import checker
from ingestion.conformity.findings import Verdict
from ingestion.dialects import DIALECTS
from ingestion.mapping.reading import read
from ingestion.models import CertificateKind, Credentials, Rule, Source, SourceCertificate, SourceDialect
from ingestion.problems import SourceProblem
from ingestion.services import sources
from ingestion.transports import sql, sql_tls
from ingestion.transports.sql_tls import Secured
from senappen.embedded.certificates import Authority
from tests.factories.far import OURS, Far, far_source
from tests.factories.impostor import impostor
from tests.factories.ingestion import BY, READER, State, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

POSTGRESQL, MARIADB, ORACLE = SourceDialect.POSTGRESQL, SourceDialect.MARIADB, SourceDialect.ORACLE
OTHER = Authority("Outra CA")
Pair = tuple[str, str]

# What a server shows, and what is said of it to whoever has to act.
FACES: dict[str, tuple[Callable[[], Pair], str]] = {
    "another authority": (OTHER.issue, "não é da autoridade"),
    "self-signed": (lambda: (OTHER.pem, OTHER.key), "autoassinado"),
    "expired": (lambda: OURS.issue(days=-1), "venceu"),
    "another name": (lambda: OURS.issue(host="outro.exemplo"), "outro nome"),
}
each_face = pytest.mark.parametrize(("pair", "words"), FACES.values(), ids=FACES)
each_dialect = pytest.mark.parametrize("dialect", [POSTGRESQL, MARIADB, ORACLE])


@pytest.fixture(params=["postgresql", "mariadb"])
def far(request: pytest.FixtureRequest) -> Far:
    found: Far = request.getfixturevalue(f"{request.param}_far")
    found.server.show(*OURS.issue())
    if found.state:
        found.state.empty()
        found.state.add("vw_preso", 1)
    return found


def rows_of(source: Source) -> list[Any]:
    assert source.mapping
    with sql.connect(source) as connection:
        return [
            row for batch in connection.batches(read(source.mapping.text), "vw_preso", None, 10) for row in batch.rows
        ]


def problem_of(source: Source) -> SourceProblem:
    with pytest.raises(SourceProblem) as caught:
        rows_of(source)
    return caught.value


def test_a_server_that_proves_who_it_is_is_read(far: Far) -> None:
    assert [row[0] for row in rows_of(far.source())] == [1]


@each_face
def test_a_server_that_does_not_is_refused_with_the_cause(far: Far, pair: Callable[[], Pair], words: str) -> None:
    far.server.show(*pair())

    found = problem_of(far.source())

    assert words in found.cause
    assert not found.passing


def test_the_name_in_the_certificate_may_be_another_than_the_address(far: Far) -> None:
    far.server.show(*OURS.issue(host="banco.seap.exemplo"))

    assert len(rows_of(far.source(server_name="banco.seap.exemplo"))) == 1


def test_a_wrong_password_is_told_from_a_wrong_certificate(far: Far) -> None:
    source = far.source()
    sources.replace_credentials(source=source, credentials=Credentials(READER, "errada"), by=BY)

    assert "recusou a entrada" in problem_of(source).cause


def test_when_certificates_end_is_known(far: Far) -> None:
    source = far.source()
    far.server.show(*OURS.issue(days=7))

    rows_of(source)

    ends = dict(SourceCertificate.objects.filter(source=source).values_list("kind", "expires_at"))
    now = datetime.now(UTC)
    assert ends[CertificateKind.SERVER] - now > timedelta(days=6)
    assert ends[CertificateKind.AUTHORITY] - now < timedelta(days=1)


def test_an_authority_that_has_ended_stops_the_load_before_the_server_is_asked() -> None:
    source = far_source(POSTGRESQL, 1)
    source.authority = Authority("Antiga", days=-2).pem

    found = problem_of(source)

    assert "autoridade (CA) guardada na fonte venceu" in found.cause
    assert not found.passing


@each_dialect
@each_face
def test_an_impostor_is_told_nothing(dialect: str, pair: Callable[[], Pair], words: str) -> None:
    with impostor(dialect, pair()) as listening:
        found = problem_of(far_source(dialect, listening.port))

    assert words in found.cause
    assert listening.told == b""
    assert READER.encode() not in listening.asked


@each_dialect
@each_face
def test_a_server_that_changes_its_face_after_the_proof_is_told_nothing(
    dialect: str, pair: Callable[[], Pair], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof, asked = x509.load_pem_x509_certificate(OURS.issue()[0].encode()), Secured.probe
    turns = iter([lambda *_: proof])
    monkeypatch.setattr(Secured, "probe", lambda *given: next(turns, asked)(*given))
    with impostor(dialect, pair()) as listening:
        found = problem_of(far_source(dialect, listening.port))

    assert words in found.cause
    assert listening.told == b""


@pytest.mark.parametrize(("dialect", "asked"), [(POSTGRESQL, 8), (MARIADB, 0)])
def test_who_refuses_tls_on_the_way_is_told_nothing(dialect: str, asked: int) -> None:
    with impostor(dialect, None) as listening:
        found = problem_of(far_source(dialect, listening.port))

    assert "recusou TLS" in found.cause
    assert not found.passing
    assert len(listening.asked) == asked


@pytest.mark.parametrize("dialect", [POSTGRESQL, MARIADB])
def test_a_driver_that_meets_a_refusal_of_tls_after_the_proof_tells_nothing(
    dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = x509.load_pem_x509_certificate(OURS.issue()[0].encode())
    monkeypatch.setattr(Secured, "probe", lambda *_: proof)
    with impostor(dialect, None) as listening:
        problem_of(far_source(dialect, listening.port))

    assert READER.encode() not in listening.asked


def test_a_postgresql_without_tls_is_refused(state: State) -> None:
    source = make_source(state, rule=Rule.SQL_INTERNET, authority=OURS.pem)

    found = problem_of(source)

    assert "recusou TLS" in found.cause
    assert not found.passing


def test_a_server_that_is_away_is_passing() -> None:
    found = problem_of(far_source(POSTGRESQL, 1))

    assert "Não foi possível falar" in found.cause
    assert found.passing


def test_a_session_that_does_not_say_it_is_encrypted_is_left(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    source = make_source(state)
    dialect = DIALECTS[POSTGRESQL]
    assert dialect.encryption
    secured = Secured(dialect, dialect.encryption, ("127.0.0.1", source.port), sql_tls.Trust(), {})
    engine = sa.create_engine(dialect.url(source, source.credentials, "127.0.0.1"))

    with engine.connect() as connection, pytest.raises(SourceProblem, match="não está cifrada"):
        secured.confirm(connection)
    engine.dispose()


def test_a_client_certificate_that_the_server_wants_is_asked_for(postgresql_far: Far) -> None:
    """PostgreSQL refuses after the handshake of TLS 1.3, when the driver only sees a connection that fell."""
    postgresql_far.server.show(*OURS.issue())
    postgresql_far.server.demand(OTHER.pem)
    try:
        source = postgresql_far.source()
        certificate, key = OURS.issue()
        for name, value in (("certificate", certificate), ("key", key)):
            sources.put_secret(source=source, name=name, value=value, by=BY)
        source.refresh_from_db()

        assert "recusou o certificado de cliente" in problem_of(source).cause
    finally:
        postgresql_far.server.demand(None)


def test_a_database_over_the_internet_is_checked_like_a_near_one(far: Far) -> None:
    """Of the small state only the prisoners, one row: the checker says of the others that they are not there."""
    source = far.source()
    text = source.mapping.text if source.mapping else ""

    report = checker.check(source)

    assert report.views["vw_preso"].rows == 1
    assert "reach" not in {each.check for each in report.findings}
    assert {
        each.check for each in report.findings if each.view == "vw_preso" and each.verdict is Verdict.WRONG
    } == set()
    assert set(read(text).views) >= set(report.views)


@each_face
def test_the_checker_asks_nothing_of_a_server_that_does_not_prove_who_it_is(
    far: Far, pair: Callable[[], Pair], words: str
) -> None:
    far.server.show(*pair())

    report = checker.check(far.source())

    [reach] = [each for each in report.findings if each.check == "reach"]
    assert words in reach.remedy
    assert report.views == {}
