"""Choices are named in clearer words; nothing that is stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0007_pace"),
    ]

    operations = [
        migrations.AlterField(
            model_name="trouble",
            name="kind",
            field=models.CharField(
                choices=[
                    ("late", "A job is late"),
                    ("failing", "A job fails"),
                    ("work", "Failed work"),
                    ("waiting", "Work nobody has taken"),
                    ("letter", "An email that cannot be sent"),
                    ("unsealed", "Journal entries that are not sealed"),
                    ("chain", "The journal was changed"),
                ],
                max_length=20,
            ),
        ),
    ]
