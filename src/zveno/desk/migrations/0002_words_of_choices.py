"""Choices are named in clearer words; nothing that is stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_exports"),
    ]

    operations = [
        migrations.AlterField(
            model_name="exportrequest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("children", "Our children"),
                    ("contacts", "Contacts in the clusters we lead"),
                ],
                max_length=20,
            ),
        ),
    ]
