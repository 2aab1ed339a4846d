"""The subcommands of `contract` that check a source and its report."""

import getpass
import json
import os
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import CommandError

from audit.events import Actor, Channel
from ingestion.conformity import checker, standalone
from ingestion.conformity.findings import Json
from ingestion.conformity.report import as_html, as_text
from ingestion.conformity.signing import NoSignature, Signer, key_id, verify
from ingestion.kit.writing import AlreadyThere, write
from ingestion.mapping.reading import MappingError
from ingestion.models import Source
from ingestion.services import conformity

PASSWORD = "SENAPPEN_SENHA"  # noqa: S105 the name of a variable
Say = Callable[[str], object]


def add_check(parser: ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("code", nargs="?", help="código de uma origem com fonte ativa, como AL")
    which.add_argument("--source", type=Path, help="fonte descrita em arquivo YAML, sem a base da SENAPPEN")
    parser.add_argument("--rows", type=int, default=checker.ROWS, help="linhas das mais antigas, e das mais novas")
    parser.add_argument("--key", type=Path, help="com --source: chave que assina, feita por contract key")
    parser.add_argument("--out", type=Path, help="arquivo novo: .json (assinado, para conferir) ou .html (para ler)")


def add_key(parser: ArgumentParser) -> None:
    parser.add_argument("--out", required=True, type=Path, help="arquivo novo para a chave privada")


def add_verify(parser: ArgumentParser) -> None:
    parser.add_argument("report", type=Path, help="relatório .json")
    parser.add_argument("--public-key", action="append", default=[], help="chave pública em que se confia")


def run_check(options: dict[str, Any], say: Say) -> bool:
    """Check, tell, keep; whether the source passed. Raises CommandError."""
    out = options["out"]
    if out and (out.suffix not in (".json", ".html") or out.exists()):
        raise CommandError("--out deve ser um arquivo novo, .json ou .html.")
    envelope = _of_file(options, say) if options["source"] else _of_code(options, say)
    say(as_text(envelope["report"]))
    if out:
        signed = as_html(envelope["report"], envelope["signature"])
        text = orjson.dumps(envelope, option=orjson.OPT_INDENT_2).decode() if out.suffix == ".json" else signed
        _write(out, text)
        say(f"Relatório em {out}{'' if envelope['signature'] else ', sem assinatura'}.")
    return bool(envelope["report"]["passed"])


def make_key(options: dict[str, Any], say: Say) -> None:
    """A new key that signs; its public half is told. Raises CommandError."""
    made = Signer.new()
    _write(options["out"], f"{made.secret}\n")
    say(f"Chave privada em {options['out']}: não a envie a ninguém.")
    say(f"Impressão, para dizer por telefone: {key_id(made.public)}")
    say(f"Chave pública, para enviar à SENAPPEN: {made.public}")


def run_verify(options: dict[str, Any], say: Say) -> bool:
    """Whether a report is as it was signed, by a key that is trusted here. Raises CommandError."""
    try:
        envelope = json.loads(_read(options["report"]))
        public = verify(envelope)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise CommandError("O arquivo não é JSON.") from None
    except NoSignature as error:
        raise CommandError(str(error)) from None
    own = conformity.signer()
    trusted = {*options["public_key"], *([own.public] if own else [])}
    say(as_text(envelope["report"]))
    if public in trusted:
        say(f"Assinatura confere: chave {key_id(public)}.")
        return True
    say(
        f"Assinatura íntegra, mas de chave que esta instalação não conhece ({key_id(public)}). Confira-a com quem"
        " assinou e repita com --public-key."
    )
    return False


def _of_code(options: dict[str, Any], say: Say) -> Json:
    code = options["code"]
    source = Source.objects.select_related("origin", "mapping").filter(origin__code=code, enabled=True).first()
    if source is None:
        raise CommandError(f"Não há fonte ativa da origem {code}.")
    by = Actor(username=getpass.getuser(), channel=Channel.CLI)
    try:
        return conformity.check(source=source, by=by, rows=options["rows"], progress=_progress(say)).envelope
    except (ValueError, MappingError) as error:
        raise CommandError(str(error)) from None


def _of_file(options: dict[str, Any], say: Say) -> Json:
    password = os.environ.get(PASSWORD) or getpass.getpass("Senha ou token da fonte: ")
    try:
        signer = Signer.from_text(_read(options["key"]).strip()) if options["key"] else None
    except ValueError:
        raise CommandError("O arquivo de --key não é chave feita por contract key.") from None
    try:
        source = standalone.open_file(options["source"], password)
    except MappingError as error:
        raise CommandError(str(error)) from None
    report = checker.check(source, rows=options["rows"], progress=_progress(say)).as_json()
    return {"report": report, "signature": signer.sign(report) if signer else None}


def _progress(say: Say) -> checker.Progress:
    def told(view: str) -> None:
        say(f"… {view}")

    return told


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        raise CommandError(f"Não foi possível ler {path}.") from None


def _write(path: Path, text: str) -> None:
    try:
        write(path.parent, [(path.name, text)])
    except AlreadyThere:
        raise CommandError(f"{path} já existe.") from None
    except OSError:
        raise CommandError(f"Não foi possível gravar {path}.") from None
