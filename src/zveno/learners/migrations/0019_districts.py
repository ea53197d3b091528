"""Tables of children of many schools: rows until a school has them, and what each was given."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, ours, wall

OF_A_TABLE = "EXISTS (SELECT 1 FROM learners_districttable t WHERE t.id = of_id)"
STATES = [
    ("reading", "being read"),
    ("refused", "could not be read"),
    ("shown", "waits for you"),
    ("giving", "being given to the schools"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0018_transfers"),
        ("organisations", "0007_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="DistrictTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("state", models.CharField(choices=STATES, default="reading", max_length=20)),
                ("source", models.JSONField(default=dict)),
                ("mark", models.CharField(max_length=64)),
                ("refusal", models.JSONField(default=dict)),
                ("total", models.PositiveIntegerField(default=0)),
                ("asides", models.PositiveIntegerField(default=0)),
                ("thrown", models.PositiveIntegerField(default=0)),
                ("brought_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "brought_at"], name="district_tables_of_an_owner")],
            },
        ),
        migrations.CreateModel(
            name="DistrictRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("place", models.JSONField()),
                ("said", models.CharField(blank=True, max_length=300)),
                ("inn", models.CharField(blank=True, max_length=30)),
                ("doubts", models.JSONField(default=list)),
                ("cells", models.JSONField()),
                ("house", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
                ("of", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="learners.districttable")),
            ],
            options={
                "indexes": [models.Index(fields=["of", "house", "number"], name="district_rows_by_house")],
                "constraints": [
                    models.UniqueConstraint(fields=("of", "number"), name="row_of_a_table_is_one"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistrictShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("given_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("brought", models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="share", to="learners.childlist")),
                ("house", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
                ("of", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="learners.districttable")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
            ],
        ),
        wall("learners_districttable", read=f"{ours('owner_id')} OR {SYSTEM}"),
        wall("learners_districtrow", read=OF_A_TABLE),
        wall("learners_districtshare", read=f"{ours('owner_id')} OR {ours('house_id')} OR {SYSTEM}"),
    ]
