"""`check --deploy` under the production settings, with values made for the occasion."""

import os
import subprocess
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

SAMPLE = {
    "DJANGO_SETTINGS_MODULE": "senappen.settings.prod",
    "SECRET_KEY": "sample-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "FIELD_KEYS": "c2FtcGxlLW9ubHktc2FtcGxlLW9ubHktc2FtcGxlLW8=",
    "DATABASE_URL": "postgresql://senappen_app@localhost/senappen",
    "DATABASE_OWNER_URL": "postgresql://senappen_owner@localhost/senappen",
    "DATABASE_AUDITOR_URL": "postgresql://senappen_auditor@localhost/senappen",
    "AUDIT_KEY_FILE": "/etc/senappen/audit.key",
    "AUDIT_CHECKPOINT_DIR": "/mnt/write-once/senappen",
    "REDIS_URL": "redis://localhost/0",
    "ALLOWED_HOSTS": "senappen.example",
}


class Command(BaseCommand):
    """Run Django's deployment check as production would, failing on any warning."""

    help = __doc__ or ""
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
        if subprocess.run(command, env={**os.environ, **SAMPLE}, check=False).returncode:
            raise CommandError("check --deploy found problems.")
