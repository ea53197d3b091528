"""Choices are named in clearer words; nothing that is stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_recovered"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("decide", "Needs a decision"),
                    ("changed", "Changed"),
                    ("known", "Good to know"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="recovery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("letter", "an email with a link"),
                    ("printed", "a printed page with a link"),
                    ("second_step", "the second step was removed"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="token",
            name="may",
            field=models.CharField(
                choices=[("read", "read only"), ("write", "read and change")], max_length=10
            ),
        ),
    ]
