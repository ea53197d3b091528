"""The sector of a cluster, and its academic calendar."""

from uuid import uuid4

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0002_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="cluster",
            name="sector",
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.CreateModel(
            name="Season",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=[("term", "term"), ("holidays", "holidays")], max_length=20)),
                ("name", models.CharField(max_length=100)),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("cluster", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="seasons", to="network.cluster")),
            ],
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gte", models.F("begins"))), name="season_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="season",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                name="seasons_of_a_cluster_do_not_overlap",
                expressions=[
                    ("cluster", "="),
                    (
                        models.Func(
                            "begins",
                            "ends",
                            models.Value("[]"),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
            ),
        ),
    ]
