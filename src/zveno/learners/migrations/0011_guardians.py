"""Guardians, the ways an organisation takes consents, and answers by the link of a family."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, listed, ours, wall

RELATIONS = [
    ("mother", "mother"),
    ("father", "father"),
    ("guardian", "guardian"),
    ("self", "the child"),
]
METHODS = [
    ("kept", "kept at the school on paper"),
    ("paper", "signed sheet, scanned"),
    ("link", "family page"),
]


def opened(
    table: str, condition: str, *policies: str, before: str = ""
) -> migrations.RunSQL:
    """Let the link of a family do to rows about its children what the owner may."""
    owners = f"{ours('owner_id')} OR {SYSTEM}"
    sql, back = [], []
    for policy in policies:
        clauses = {"may_read": ["USING"], "may_add": ["WITH CHECK"]}
        for clause in clauses.get(policy, ["USING", "WITH CHECK"]):
            sql.append(f"ALTER POLICY {policy} ON {table} {clause} ({owners} OR {condition})")
            back.append(f"ALTER POLICY {policy} ON {table} {clause} ({before or owners})")
    return migrations.RunSQL(";\n".join(sql), ";\n".join(back))


CHILD = listed("learners.Learner", "learner_id")


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("people", "0017_finding"),
        ("organisations", "0007_finding"),
        ("learners", "0010_retention"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("method", models.CharField(choices=METHODS, max_length=20)),
                ("number", models.CharField(max_length=50)),
                ("dated", models.DateField()),
                ("since", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("until", models.DateTimeField(null=True)),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="consent_orders", to="organisations.organisation")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=Q(until=None), fields=("organisation", "method"), name="one_consent_order_for_a_way"),
                    models.CheckConstraint(condition=~Q(number=""), name="consent_order_has_a_number"),
                    models.CheckConstraint(condition=Q(method__in=("link", "paper")), name="kept_paper_needs_no_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guardian",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("relation", models.CharField(blank=True, choices=RELATIONS, max_length=10)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("entered_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("named_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("restricted_at", models.DateTimeField(null=True)),
                ("restriction", models.TextField(blank=True)),
                ("confirmed_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="people.person")),
                ("learner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="guardians", to="learners.learner")),
                ("link", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.link")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(confirmed_at=None) | ~Q(name="") & ~Q(relation=""), name="who_is_confirmed_has_a_name"),
                    models.CheckConstraint(condition=Q(restricted_at=None) | ~Q(restriction=""), name="a_restriction_has_a_reason"),
                    models.UniqueConstraint(fields=("learner", "link"), name="once_a_child_by_a_link"),
                ],
            },
        ),
        migrations.AddField("consent", "guardian", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="learners.guardian")),
        migrations.AddField("consent", "order", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="learners.consentorder")),
        migrations.AlterField("consent", "method", models.CharField(choices=METHODS, max_length=20)),
        migrations.RemoveConstraint("consent", "one_valid_consent_a_purpose"),
        migrations.AddConstraint(
            "consent",
            models.UniqueConstraint(
                fields=["learner", "purpose", "guardian"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="one_standing_answer_a_person",
            ),
        ),
        wall(
            "learners_guardian",
            read=f"{ours('owner_id')} OR {SYSTEM} OR {listed('learners.Guardian', 'id')}",
        ),
        opened("learners_learner", listed("learners.Learner", "id"), "may_change"),
        opened("learners_consent", CHILD, "may_read", "may_add", "may_change"),
        opened("learners_disclosure", CHILD, "may_add", "may_change"),
        opened(
            "learners_disclosure",
            f"{ours('organisation_id')} OR {CHILD}",
            "may_read",
            before=f"{ours('owner_id')} OR {ours('organisation_id')} OR {SYSTEM}",
        ),
    ]
