"""A birthday or the year of it, where one is needed; classes of which only the number is known."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import zveno.kernel.clock


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0011_guardians"),
        ("organisations", "0007_finding"),
    ]

    operations = [
        migrations.AddField("learner", "born_year", models.PositiveSmallIntegerField(null=True)),
        migrations.AddField("learner", "born_on", models.DateField(null=True)),
        migrations.AddConstraint(
            "learner",
            models.CheckConstraint(
                condition=models.Q(("born_year", None), ("born_on", None), _connector="OR"),
                name="birth_is_told_once",
            ),
        ),
        migrations.AddConstraint(
            "learner",
            models.CheckConstraint(
                condition=models.Q(
                    ("born_year", None), ("born_year__range", (1900, 2200)), _connector="OR"
                ),
                name="born_year_is_a_year",
            ),
        ),
        migrations.CreateModel(
            name="HeadCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("first_year", models.PositiveSmallIntegerField(null=True)),
                ("letter", models.CharField(blank=True, max_length=30)),
                ("number", models.PositiveSmallIntegerField()),
                ("changed_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["owner", "first_year", "letter"],
                        name="class_is_counted_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 1000))),
                        name="counted_is_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_year", None),
                            ("first_year__range", (1900, 2200)),
                            _connector="OR",
                        ),
                        name="counted_first_year_is_a_year",
                    ),
                ],
            },
        ),
    ]
