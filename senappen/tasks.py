"""What workers do for the composition itself."""

from celery import current_app, shared_task

from audit.events import system
from ingestion.lanes import LONG
from senappen import keys

ROTATE = "senappen.rotate_keys"
# Loads wait for workers too: a long rotation takes turns with them.
TURN_SECONDS = 300


@shared_task(name=ROTATE)
def rotate_keys() -> None:
    """One turn of the rotation of `FIELD_KEYS`, and a call for the next one while there is something left."""
    try:
        done = keys.rotate(by=system(ROTATE), seconds=TURN_SECONDS)
    except keys.AlreadyRotating:
        return
    if not done.finished:
        current_app.send_task(ROTATE, queue=LONG)
