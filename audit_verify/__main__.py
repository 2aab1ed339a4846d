"""`python -m audit_verify`: confere a auditoria, de um arquivo exportado ou do próprio banco.

Sai com 0 se tudo confere, 1 se algo foi alterado, 2 se não foi possível conferir, 3 se nada se achou de errado mas
falta um ponto de controle assinado: sem ele, quem manda no banco pode ter refeito tudo.
"""

import argparse
import base64
import binascii
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit_verify.check import check
from audit_verify.database import opened
from audit_verify.encoding import Event, Link
from audit_verify.files import FileError, dump, load
from audit_verify.statements import split
from audit_verify.verify import Report

SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m audit_verify", description=__doc__)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--file", type=Path, help="arquivo exportado")
    source.add_argument("--database", metavar="URL", help="banco, pelo papel senappen_auditor")
    parser.add_argument("--key", type=Path, action="append", required=True, help="chave pública (base64); repetível")
    parser.add_argument("--checkpoints", type=Path, action="append", default=[], help="pasta ou arquivo recebido")
    parser.add_argument("--export", type=Path, help="com --database: também grava a exportação aqui")
    given = parser.parse_args(arguments)
    try:
        keys, outside = [_key(path) for path in given.key], list(_outside(given.checkpoints))
        if given.database:
            report = _database(given.database, given.export, outside, keys)
        else:
            with given.file.open("rb") as file:
                report = check(load(file), outside, keys)
    except FileError as error:
        print(f"ALTERADO: {error}")
        return 1
    except Exception as error:  # noqa: BLE001  whatever stops it, the answer is that nothing was proven
        print(f"não foi possível conferir: {error}", file=sys.stderr)
        return 2
    return _say(report)


def _database(url: str, export: Path | None, outside: list[str], keys: list[Ed25519PublicKey]) -> Report:
    with opened(url) as base:
        if export is not None:
            signed, taken, orphans = base.checkpoints(), base.retirements(), base.orphans()
            with export.open("xb") as file:
                file.writelines(dump(base.links(), checkpoints=signed, retirements=taken, orphans=orphans))
        items: Iterator[str | Event | Link] = itertools.chain(
            base.checkpoints(), base.retirements(), base.orphans(), base.links()
        )
        return check(items, outside, keys)


def _say(report: Report) -> int:
    print(
        f"elos: {report.links} · só o elo (mês em baixa): {report.retired} · pontos de controle: {report.checkpoints}"
    )
    if report.wrong:
        for wrong in report.wrong[:SHOWN]:
            print(f"ALTERADO: {wrong}")
        if len(report.wrong) > SHOWN:
            print(f"… e mais {len(report.wrong) - SHOWN}")
        return 1
    if not report.checkpoints:
        print("coerente por dentro, mas SEM ponto de controle assinado: isto não prova nada contra o dono do banco")
        return 3
    after = report.links - report.covered
    print(f"confere. Assinado até {report.last_checkpoint}: {report.covered} eventos; {after} depois")
    return 0


def _outside(paths: list[Path]) -> Iterator[str]:
    for path in paths:
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            yield from split(file.read_text())


def _key(path: Path) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(path.read_text().strip(), validate=True))
    except (binascii.Error, ValueError) as error:
        raise ValueError(f"{path} não é uma chave pública Ed25519 em base64") from error


if __name__ == "__main__":
    sys.exit(main())
