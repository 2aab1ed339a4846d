"""`evaluate_matching --truth FOLDER`: links the base anew in memory and compares with the truth. Moves no record."""

import getpass
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from audit.events import Actor, Channel
from registry.matching import charts, evaluation, truth
from registry.matching.decisions import Thresholds
from registry.matching.model import Model
from registry.services import matching

# What the terminal shows of where the model is wrong; the page and the model's measures have the rest.
_SHOWN = ("calibration_error", "false_pairs", "vetoes")


class Command(BaseCommand):
    """Prints figures as JSON, and keeps them, with what its charts need, with the model they measure."""

    help = "Mede um modelo de correspondência contra um gabarito (humans.csv e records.csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--truth", type=Path, required=True, metavar="PASTA", help="pasta do gabarito")
        parser.add_argument("--model", help="versão; sem ela, o modelo adotado")
        parser.add_argument("--html", type=Path, metavar="ARQUIVO", help="escrever uma página com tabelas e gráficos")
        parser.add_argument("--json", type=Path, metavar="ARQUIVO", help="escrever tudo o que a página mostra")
        for name, text in (("join", "unir"), ("keep", "manter unido"), ("review", "mostrar a uma pessoa")):
            default = getattr(settings, f"MATCHING_{name.upper()}")
            parser.add_argument(f"--{name}", type=float, default=default, help=f"peso para {text} (padrão {default})")

    def handle(self, *args: Any, **options: Any) -> None:
        model = self._model(options["model"])
        thresholds = Thresholds(**{name: options[name] for name in ("join", "keep", "review")})
        try:
            known = truth.read(options["truth"], matching.keys())
        except (FileNotFoundError, KeyError) as error:
            raise CommandError("A pasta não tem humans.csv e records.csv com as colunas do gabarito.") from error
        if not known.humans:
            raise CommandError("Nenhum registro da base está no gabarito.")
        sources = (source for source in matching.sources() if source.id in known.humans)
        found = evaluation.evaluate(sources, known, thresholds, model)
        figures = evaluation.figures(found.measures) | {
            "thresholds_used": vars(thresholds),
            "candidates": found.candidates,
        }
        by = Actor(username=getpass.getuser(), channel=Channel.CLI)
        matching.keep_measures(version=model.version, measures=figures | found.details, by=by)
        self._write(options, model.version, figures | found.details)
        shown = {
            "model": model.version, **figures, **{name: found.details[name] for name in _SHOWN},
            "linking_seconds": round(found.linking, 1),
        }  # fmt: skip
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))

    def _write(self, options: dict[str, Any], version: str, measures: dict[str, Any]) -> None:
        if options["json"]:
            text = json.dumps({"model": version, **measures}, ensure_ascii=False, indent=2)
            options["json"].write_text(text + "\n", encoding="utf-8")
        if options["html"]:
            options["html"].write_text(charts.page(version, measures), encoding="utf-8")

    def _model(self, version: str | None) -> Model:
        try:
            return matching.load(version)
        except matching.UnknownModel as error:
            raise CommandError("Não há modelo; treine um com `matching_model train` e adote-o.") from error
