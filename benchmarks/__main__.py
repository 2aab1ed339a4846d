"""`python -m benchmarks` lists; `python -m benchmarks NAME --json [--people N]` measures."""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import asdict
from types import ModuleType

import benchmarks
from benchmarks.result import Result
from benchmarks.setting import fresh_database

SUPPORT = {
    "__main__", "browser", "cost", "febrl", "life_base", "link_graph", "misuse_habits", "misuse_patterns",
    "misuse_people", "misuse_work", "name_base", "other_country", "other_errors", "other_names", "process",
    "result", "scale_base", "scale_relinking", "scale_settling", "search_base", "search_oracle", "search_pages",
    "search_queries", "search_rivals", "setting", "statistics_base", "timing",
}  # fmt: skip


def names() -> list[str]:
    """The benchmarks there are: every module of this package that measures."""
    return sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in SUPPORT)


def measure(name: str, people: int) -> Iterator[Result]:
    """Run one benchmark on a database of its own."""
    with fresh_database(name):
        module: ModuleType = importlib.import_module(f"benchmarks.{name}")
        yield from module.run(people)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="?", help="which benchmark; without it, the list")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--people", type=int, default=20_000, help="size of the base (default 20000)")
    arguments = parser.parse_args()
    if not arguments.name:
        print("\n".join(names()))
        return 0
    if arguments.name not in names():
        print(f"no benchmark named {arguments.name}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    for result in measure(arguments.name, arguments.people):
        print(json.dumps(asdict(result)) if arguments.json else _line(result), flush=True)
    return 0


def _line(result: Result) -> str:
    return (
        f"{result.name:<34} {result.value:>12.3f} {result.unit:<8} baseline {result.baseline:>12.3f}"
        f"  ratio {result.ratio:>8.3f}"
        f" {result.target:<12}  {result.conditions}"
    )


if __name__ == "__main__":
    sys.exit(main())
