"""Memberships have a history: nobody is twice in a cluster at one moment, nor leads it beside."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
from django.db import migrations, models

WHILE = models.Func(
    "since",
    "until",
    function="TSTZRANGE",
    output_field=django.contrib.postgres.fields.DateTimeRangeField(),
)


class Migration(migrations.Migration):

    dependencies = [
        ("network", "0005_turns"),
    ]

    operations = [
        migrations.RemoveConstraint("membership", "organisation_joins_once"),
        migrations.RemoveConstraint("membership", "one_base_and_one_operator"),
        migrations.AddConstraint(
            "membership",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="organisation_is_in_a_cluster_once",
                expressions=[("cluster", "="), ("organisation", "="), (WHILE, "&&")],
            ),
        ),
        migrations.AddConstraint(
            "membership",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="one_base_and_one_operator_at_a_time",
                condition=models.Q(("role__in", ["base", "methodical_operator"])),
                expressions=[("cluster", "="), ("role", "="), (WHILE, "&&")],
            ),
        ),
    ]
