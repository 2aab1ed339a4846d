"""The Celery application: workers and beat start from here."""

import os

from celery import Celery

from senappen import servers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")
servers.ensure()


def _configuration() -> dict[str, object]:
    from django.conf import settings

    configuration: dict[str, object] = settings.CELERY
    return configuration


app = Celery("senappen")
app.conf.update(_configuration())
app.autodiscover_tasks()
