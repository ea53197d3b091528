"""Lists of children on their way into the register, and their rows."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, ours, wall

OF_A_LIST = "EXISTS (SELECT 1 FROM learners_childlist l WHERE l.id = of_id)"
STATES = [
    ("reading", "being read"),
    ("refused", "could not be read"),
    ("shown", "waits for you"),
    ("entering", "being entered"),
    ("undoing", "being undone"),
    ("undone", "undone"),
]
FATES = [
    ("ready", "ready"),
    ("held", "to mend"),
    ("duplicate", "repeats another row"),
    ("known", "is in the register already"),
    ("skipped", "not taken"),
    ("entered", "entered"),
    ("undone", "taken back"),
    ("kept", "in use, stays"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0013_destruction"),
        ("organisations", "0007_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChildList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("state", models.CharField(choices=STATES, default="reading", max_length=20)),
                ("source", models.JSONField()),
                ("label", models.CharField(blank=True, max_length=30)),
                ("choices", models.JSONField(default=dict)),
                ("mends", models.JSONField(default=dict)),
                ("insisted", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("remarks", models.JSONField(default=list)),
                ("asides", models.JSONField(default=list)),
                ("refusal", models.JSONField(default=dict)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("brought_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "brought_at"], name="lists_of_an_owner")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("done__lte", models.F("total"))), name="list_is_never_past_its_end"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildListRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("fate", models.CharField(choices=FATES, max_length=20)),
                ("verdict", models.JSONField()),
                ("learner", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="learners.learner")),
                ("of", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="learners.childlist")),
            ],
            options={
                "indexes": [models.Index(fields=["of", "fate", "number"], name="list_rows_by_fate")],
                "constraints": [
                    models.UniqueConstraint(fields=("of", "number"), name="row_of_a_list_has_one_fate"),
                ],
            },
        ),
        wall("learners_childlist", read=f"{ours('owner_id')} OR {SYSTEM}"),
        wall("learners_childlistrow", read=OF_A_LIST),
    ]
