#!/usr/bin/env python
"""The state's kit without the platform: `python kit.py templates|dictionary|mapping|vpn|key|check|verify`."""

import os
import sys


def main() -> None:
    """Run `contract` with settings that need no server."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "senappen.settings.kit"
    from django.core.management import execute_from_command_line

    execute_from_command_line([sys.argv[0], "contract", *sys.argv[1:]])


if __name__ == "__main__":
    main()
