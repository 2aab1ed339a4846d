"""The command line: the same factors, purpose, gate and audit as the pages."""

import uuid
from io import StringIO

import pytest
from django.core.management import call_command

from audit.events import Kind
from credentialing.models import Purpose, User
from credentialing.roles import Role
from registry.models import Prisoner
from tests import doors
from tests.events import recorded
from tests.factories.credentialing import PASSWORD, make_user
from tests.factories.registry import make_movement, make_prisoner
from tests.registry.selectors.search.indexing import index

pytestmark = pytest.mark.usefixtures("committed")
PURPOSE = ("--activity", "escort", "--case", "OS 1/2026", "--justification", "Escolta de teste marcada.")


@pytest.fixture
def prisoner(committed: None) -> Prisoner:
    prisoner = make_prisoner(name="BALTAZAR INVENTADO", mother_name="EUFRASIA INVENTADA")
    make_movement(prisoner=prisoner)
    index()
    return prisoner


class Terminal:
    """Runs the command with what a person would type."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.errors = ""

    def run(self, user: User, *arguments: str, password: str = PASSWORD, more: str = "", fails: int = 0) -> str:
        """What it printed; with `fails`, it must end with that code."""
        said, complained = StringIO(), StringIO()
        typed = f"{user.username}\n{password}\n{doors.code(user)}\n{more}"
        self._monkeypatch.setattr("sys.stdin", StringIO(typed))
        code = 0
        try:
            call_command("consult", *arguments, stdout=said, stderr=complained)
        except SystemExit as ended:
            code = int(ended.code or 0)
        self.errors = complained.getvalue()
        assert code == fails, self.errors
        return said.getvalue()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


def test_a_search_prints_the_persons_and_leaves_the_same_trail_as_a_page(
    terminal: Terminal, prisoner: Prisoner
) -> None:
    user = make_user()
    printed = terminal.run(user, *PURPOSE, "search", "baltazar", "inventado")
    assert str(prisoner.person.public_id) in printed
    kinds = [Kind.LOGIN, Kind.PURPOSE_DECLARED, Kind.INTENT, Kind.DISCLOSURE, Kind.PURPOSE_CLOSED, Kind.LOGOUT]
    events = [event for event in recorded() if event.channel == "cli"]
    assert [event.kind for event in events] == kinds
    assert {event.actor_id for event in events} == {user.pk}
    assert events[3].subjects == [prisoner.person.public_id]
    assert str(events[3].receipt) in printed
    assert not Purpose.objects.get().is_open


def test_a_person_is_printed_with_the_cpf_masked(terminal: Terminal, prisoner: Prisoner) -> None:
    Prisoner.objects.filter(pk=prisoner.pk).update(cpf="12345678909")
    printed = terminal.run(make_user(), *PURPOSE, "person", str(prisoner.person.public_id))
    assert "EUFRASIA INVENTADA" in printed.upper()
    assert "Movimentações (1):" in printed
    assert "12345678909" not in printed.replace(".", "").replace("-", "")


def test_the_name_may_be_typed_instead_of_staying_in_the_shells_history(terminal: Terminal, prisoner: Prisoner) -> None:
    printed = terminal.run(make_user(), *PURPOSE, "search", more="baltazar inventado\n")
    assert str(prisoner.person.public_id) in printed


def test_an_unknown_person_is_not_found(terminal: Terminal) -> None:
    assert terminal.run(make_user(), *PURPOSE, "person", str(uuid.uuid4()), fails=69) == ""
    assert recorded(Kind.DISCLOSURE) == []


def test_a_wrong_password_is_refused_and_recorded(terminal: Terminal, prisoner: Prisoner) -> None:
    assert terminal.run(make_user(), *PURPOSE, "search", "baltazar", password="errada", fails=77) == ""
    assert [event.kind for event in recorded() if event.channel == "cli"] == [Kind.LOGIN_FAILED]


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.AGENT, Role.IDENTITY_REVIEWER}])
def test_profiles_that_consult_nobody_are_refused(terminal: Terminal, prisoner: Prisoner, role: Role) -> None:
    assert terminal.run(make_user(role=role), *PURPOSE, "search", "baltazar", fails=77) == ""
    assert recorded(Kind.INTENT) == []
    assert recorded(Kind.DENIED)


def test_a_purpose_that_says_nothing_is_refused(terminal: Terminal, prisoner: Prisoner) -> None:
    assert terminal.run(make_user(), *PURPOSE[:4], "search", "baltazar", fails=64) == ""
    assert "Justificativa" in terminal.errors
