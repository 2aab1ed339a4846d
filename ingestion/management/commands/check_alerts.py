"""`check_alerts`: look for what is wrong and tell people, without beat or a worker: for a timer of the system's own."""

from typing import Any

from django.core.management.base import BaseCommand

from ingestion import clock
from ingestion.models import Alert
from ingestion.services import alerts


class Command(BaseCommand):
    """Also notices that beat and the workers are dead, which they cannot tell themselves."""

    help = "Avalia os alertas das cargas e avisa por e-mail, sem depender do beat nem dos processos de carga."

    def handle(self, *args: Any, **options: Any) -> None:
        alerts.evaluate(clock.now())
        alerts.notify()
        for alert in Alert.objects.filter(closed_at=None).order_by("id"):
            self.stdout.write(f"{alert.get_kind_display()}: {alert.text}")
