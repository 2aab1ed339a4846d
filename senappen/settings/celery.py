"""Celery's settings, in its own names. Read when a process first needs them, after Django's."""

from datetime import timedelta

from kombu import Queue

from senappen import servers

broker_url = servers.redis_url().replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
broker_connection_retry_on_startup = True
broker_transport_options = {
    # Longer than any load: an unacknowledged task is given to another worker only after this.
    "visibility_timeout": int(timedelta(hours=12).total_seconds()),
    # Within a queue the shortest load first (ingestion/lanes.py).
    "queue_order_strategy": "priority",
}
# A worker without -Q takes them all. docs/operacao: one worker more takes all but the last.
task_queues = [Queue("celery"), Queue("loads.short"), Queue("loads.long")]
task_default_queue = "celery"
task_serializer = "json"
accept_content = ["json"]
task_ignore_result = True
task_acks_late = True
task_reject_on_worker_lost = True
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
timezone = "UTC"
beat_scheduler = "senappen.clock:SteadyScheduler"
# Beat keeps no file: when it starts anew it runs everything once, and every task may run twice.
beat_schedule = {
    "start-due-loads": {"task": "ingestion.start_due_loads", "schedule": timedelta(minutes=1)},
    "check-alerts": {"task": "ingestion.check_alerts", "schedule": timedelta(minutes=1)},
    "close-ended-agreements": {"task": "ingestion.close_ended_agreements", "schedule": timedelta(hours=1)},
    "look-at-terms": {"task": "credentialing.look_at_terms", "schedule": timedelta(hours=1)},
    "prepare-reports": {"task": "credentialing.prepare_reports", "schedule": timedelta(hours=6)},
    "audit-partitions": {"task": "audit.ensure_partitions", "schedule": timedelta(hours=6)},
    "sign-checkpoint": {"task": "audit.sign_checkpoint", "schedule": timedelta(minutes=1)},
    "mail-checkpoint": {"task": "audit.mail_checkpoint", "schedule": timedelta(days=1)},
    "measure-quality": {"task": "ingestion.measure_due_quality", "schedule": timedelta(minutes=15)},
    "check-findings": {"task": "registry.check_findings", "schedule": timedelta(minutes=1)},
    "check-all-findings": {"task": "registry.check_all_findings", "schedule": timedelta(hours=6)},
    "expire-seals": {"task": "registry.expire_seals", "schedule": timedelta(minutes=1)},
    "sample-reviews": {"task": "registry.sample_reviews", "schedule": timedelta(days=1)},
    "build-figures": {"task": "registry.build_figures", "schedule": timedelta(minutes=10)},
    "check-figures": {
        "task": "registry.check_figures",
        "schedule": timedelta(hours=1),
        "options": {"queue": "loads.long"},
    },
    "pair-names": {
        "task": "registry.pair_names",
        "schedule": timedelta(days=1),
        "options": {"queue": "loads.long"},
    },
    "look-at-follows": {"task": "consulta.look_at_follows", "schedule": timedelta(minutes=2)},
    "send-digests": {"task": "consulta.send_digests", "schedule": timedelta(minutes=15)},
    "watch-use": {"task": "oversight.watch_agencies", "schedule": timedelta(days=1)},
    "note-frozen": {"task": "oversight.note_frozen", "schedule": timedelta(minutes=5)},
    "note-copied-keys": {"task": "oversight.note_copied_keys", "schedule": timedelta(minutes=5)},
    "draw-samples": {"task": "oversight.draw_samples", "schedule": timedelta(days=1)},
    "check-references": {
        "task": "ingestion.check_references",
        "schedule": timedelta(hours=1),
        "options": {"queue": "loads.long"},
    },
    "check-conduct": {"task": "credentialing.check_conduct", "schedule": timedelta(minutes=1)},
    "close-idle-accounts": {"task": "credentialing.close_idle", "schedule": timedelta(days=1)},
    "close-unattested-accounts": {"task": "credentialing.close_unattested", "schedule": timedelta(days=1)},
    "note-schemas": {"task": "ingestion.note_schemas", "schedule": timedelta(days=1)},
}
