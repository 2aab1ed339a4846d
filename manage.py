#!/usr/bin/env python
"""Django's command line; starts the private servers first where no real ones are configured."""

import os
import sys

# Commands that must work without any server.
WITHOUT_SERVERS = {"makemigrations", "check", "check_deploy", "collectstatic", "spectacular", "help", "version"}


def main() -> None:
    """Run the management command named in the arguments."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
    from django.core.management import execute_from_command_line

    from senappen import servers

    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVERS:
        servers.ensure()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
