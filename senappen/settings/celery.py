"""Celery's settings, in its own names. Read when a process first needs them, after Django's."""

from datetime import timedelta

from django.conf import settings

from senappen import servers

broker_url = servers.redis_url().replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
broker_connection_retry_on_startup = True
# Longer than any load: an unacknowledged task is given to another worker only after this.
broker_transport_options = {"visibility_timeout": int(timedelta(hours=12).total_seconds())}
task_serializer = "json"
accept_content = ["json"]
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
timezone = "UTC"
beat_schedule_filename = str(settings.VAR / "celerybeat-schedule")
beat_schedule = {
    "start-due-loads": {"task": "ingestion.start_due_loads", "schedule": 60.0},
    "note-schemas": {"task": "ingestion.note_schemas", "schedule": timedelta(days=1)},
    "audit-partitions": {"task": "audit.ensure_partitions", "schedule": timedelta(days=1)},
}
