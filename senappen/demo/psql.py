"""`python -m senappen.demo.psql [psql options]`: the national base of the private server, as its owner."""

import os
import sys

from senappen import servers
from senappen.embedded.postgres import program


def main() -> None:
    """Become psql."""
    command = [program("psql"), servers.postgres().url(name=servers.DATABASE_NAME), *sys.argv[1:]]
    os.execv(command[0], command)  # noqa: S606  an interactive program of our own


if __name__ == "__main__":
    main()
