"""Children go from one organisation to another: offered, accepted, declined, taken back."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, ours, wall

STATES = [
    ("offered", "waits for the other side"),
    ("accepted", "accepted"),
    ("declined", "declined"),
    ("withdrawn", "taken back"),
]
BOTH = f"{ours('owner_id')} OR {ours('taker_id')} OR {SYSTEM}"


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0017_sheets"),
        ("organisations", "0007_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("state", models.CharField(choices=STATES, default="offered", max_length=10)),
                ("shown", models.CharField(blank=True, max_length=110)),
                ("first_year", models.PositiveSmallIntegerField(null=True)),
                ("letter", models.CharField(blank=True, max_length=30)),
                ("basis", models.CharField(max_length=200)),
                ("offered_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("learner", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="transfers", to="learners.learner")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
                ("taker", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisations.organisation")),
            ],
            options={
                "indexes": [models.Index(fields=["taker", "state"], name="transfers_of_a_taker")],
                "constraints": [
                    models.UniqueConstraint(condition=Q(state="offered"), fields=("learner",), name="one_offer_of_a_child"),
                    models.CheckConstraint(condition=~Q(owner=F("taker")), name="transfer_has_two_sides"),
                    models.CheckConstraint(condition=Q(state="offered") | Q(shown=""), name="an_ended_offer_names_nobody"),
                    models.CheckConstraint(condition=~Q(basis=""), name="transfer_has_a_basis"),
                ],
            },
        ),
        wall("learners_transfer", read=BOTH),
    ]
