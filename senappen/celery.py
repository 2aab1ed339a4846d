"""The Celery application: `celery -A senappen worker`, `celery -A senappen beat`, and whoever sends tasks."""

import os
from typing import Any

from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "senappen.settings.dev")

app = Celery("senappen")
app.config_from_object("senappen.settings.celery")
app.autodiscover_tasks()


@signals.celeryd_init.connect
@signals.beat_init.connect
def _start_servers(**kwargs: Any) -> None:
    from senappen import servers  # the settings' values are needed only when a process of Celery's own begins

    servers.ensure()
