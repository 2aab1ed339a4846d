"""Events are found by the reference code of their request: users quote it from error pages, kept changes name it."""

from django.db import migrations

ADD = "CREATE INDEX audit_event_request ON audit_accessevent (request)"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [migrations.RunSQL(ADD, "DROP INDEX audit_event_request")]
