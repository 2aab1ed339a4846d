"""`contract check`, `key` and `verify`, from our base and from a technician's own file."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from ingestion.conformity.signing import NoSignature, Signer, canonical, verify
from ingestion.contract import VIEWS
from ingestion.models import ConformityReport
from tests.factories.ingestion import PASSWORD, READER, State, make_mapping, make_source

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

ROOT = Path(__file__).parents[3]


@pytest.fixture
def filled(state: State) -> State:
    for view in ("vw_unidade", "vw_preso", "vw_preso_documento"):
        state.add(view, 1)
    return state


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status and what was printed."""
    try:
        call_command("contract", *arguments)
    except SystemExit as ended:
        return int(str(ended.code)), capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_a_check_says_field_by_field_and_fails(
    filled: State, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.add("vw_preso", 2, filhos="dois")
    make_source(filled)
    status, text = told(capsys, "check", "AL", "--out", str(tmp_path / "r.json"))
    assert status == 1
    assert "ERRADO: n_filhos: deve ser um número inteiro" in text
    assert "vw_visita\n  FALTA: a visão (visitas realizadas) não está no mapeamento" in text
    assert text.count("FALTA: a visão") == len(VIEWS) - 3
    assert verify(json.loads((tmp_path / "r.json").read_text()))
    assert ConformityReport.objects.count() == 1


def test_the_platform_verifies_what_it_signed_and_not_what_was_changed(
    filled: State, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_source(filled)
    file = tmp_path / "r.json"
    told(capsys, "check", "AL", "--out", str(file))
    status, text = told(capsys, "verify", str(file))
    assert (status, "Assinatura confere" in text) == (0, True)

    envelope = json.loads(file.read_text())
    envelope["report"]["passed"] = True
    file.write_text(json.dumps(envelope))
    with pytest.raises(CommandError, match="não confere"):
        call_command("contract", "verify", str(file))


def test_a_strangers_signature_is_not_trusted_until_its_key_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], filled: State
) -> None:
    make_source(filled)
    file, stranger = tmp_path / "r.json", Signer.new()
    told(capsys, "check", "AL", "--out", str(file))
    report = json.loads(file.read_text())["report"]
    file.write_text(json.dumps({"report": report, "signature": stranger.sign(report)}))
    assert told(capsys, "verify", str(file))[0] == 1
    assert told(capsys, "verify", str(file), "--public-key", stranger.public)[0] == 0


@pytest.mark.parametrize("envelope", [{}, [], {"report": {}, "signature": None}, {"report": {}, "signature": {}}, "x"])
def test_what_is_no_signed_report_is_said(envelope: Any) -> None:
    with pytest.raises(NoSignature):
        verify(envelope)


def test_the_order_of_keys_does_not_change_what_is_signed() -> None:
    assert canonical({"a": 1, "b": {"d": 1, "c": 2}}) == canonical({"b": {"c": 2, "d": 1}, "a": 1})


def test_a_page_says_who_signed_and_escapes_what_it_shows(
    filled: State, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_source(filled)
    told(capsys, "check", "AL", "--out", str(tmp_path / "r.html"))
    page = (tmp_path / "r.html").read_text()
    assert "Assinatura Ed25519" in page
    assert "<script" not in page


def kit(*arguments: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    """The technician's program, on a machine without a base, a Redis or a secret of ours."""
    environment = {"PATH": "/usr/bin:/bin", "SENAPPEN_SENHA": password, "LANG": "C.UTF-8"}
    command = [sys.executable, str(ROOT / "kit.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd="/")


def described(folder: Path, state: State, **changes: Any) -> Path:
    """The technician's description of the source."""
    from senappen import servers

    (folder / "mapping.yaml").write_text(make_mapping())
    fields = {"rule": 1, "dialect": "postgresql", "host": "127.0.0.1", "port": servers.state_postgres().port}
    path = folder / "fonte.yaml"
    path.write_text(yaml.safe_dump({**fields, "database": state.name, "username": READER, **changes}))
    return path


def test_a_technician_checks_without_the_platform_and_signs_with_a_key_of_their_own(
    filled: State, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = kit("key", "--out", str(tmp_path / "chave"))
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "chave").stat().st_mode & 0o077 == 0
    report = tmp_path / "r.json"
    source = described(tmp_path, filled)
    done = kit("check", "--source", str(source), "--key", str(tmp_path / "chave"), "--out", str(report))
    assert done.returncode == 1, done.stderr
    assert "Reprovado: FALTA 17" in done.stdout
    public = made.stdout.strip().rpartition(": ")[2]
    assert told(capsys, "verify", str(report), "--public-key", public)[0] == 0
    assert ConformityReport.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rule": 9}, "rule"),
        ({"mapping": "nao-ha.yaml"}, "nao-ha.yaml"),
        ({"desconhecida": 1}, "chave desconhecida"),
        ({"secrets": {"authority": "nao-ha.pem"}}, "nao-ha.pem"),
    ],
)
def test_a_wrong_description_is_said_in_a_sentence(
    filled: State, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    done = kit("check", "--source", str(described(tmp_path, filled, **changes)))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_password_is_in_no_output(filled: State, tmp_path: Path) -> None:
    done = kit("check", "--source", str(described(tmp_path, filled)), password="segredo-errado")
    assert done.returncode == 1
    assert "recusou a entrada" in done.stdout
    assert "segredo-errado" not in done.stdout + done.stderr


def test_a_source_that_is_not_known_is_said() -> None:
    with pytest.raises(CommandError, match="Não há fonte ativa"):
        call_command("contract", "check", "ZZ")


def test_a_report_is_not_written_over(tmp_path: Path, filled: State) -> None:
    make_source(filled)
    (tmp_path / "r.json").write_text("o anterior")
    with pytest.raises(CommandError, match="arquivo novo"):
        call_command("contract", "check", "AL", "--out", str(tmp_path / "r.json"))
    assert (tmp_path / "r.json").read_text() == "o anterior"
