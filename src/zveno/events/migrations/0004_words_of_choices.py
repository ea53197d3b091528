"""Choices are named in clearer words; nothing that is stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_certified"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("excursion", "guided tour"),
                    ("masterclass", "masterclass"),
                    ("professional_trial", "professional trial"),
                    ("contest", "contest"),
                    ("open_day", "open day"),
                    ("lesson_series", "series of lessons"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="group",
            name="state",
            field=models.CharField(
                choices=[
                    ("reserved", "seats reserved, waiting for the list"),
                    ("listed", "list received"),
                    ("waiting", "on the waiting list"),
                    ("released", "seats released"),
                ],
                default="reserved",
                max_length=20,
            ),
        ),
    ]
