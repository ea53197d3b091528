"""Some files are for the head and the representatives of their owner only."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0008_plans"),
    ]

    operations = [
        migrations.AddField("storedfile", "restricted", models.BooleanField(default=False, db_default=False)),
    ]
