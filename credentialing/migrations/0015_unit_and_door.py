"""Where an account's person works, and a keyed digest of where they live: both optional, for the review of use."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("credentialing", "0014_one_way_in"),
    ]

    operations = [
        migrations.AddField(
            model, "unit", models.CharField("unidade de lotação", max_length=200, blank=True, default=""), False
        )
        for model in ("user", "accessrequest")
    ] + [
        migrations.AddField(
            model, "address_digest", models.CharField(max_length=64, blank=True, editable=False, default=""), False
        )
        for model in ("user", "accessrequest")
    ]
