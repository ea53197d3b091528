"""A family sees the certificates of its children."""

from django.db import migrations

from zveno.kernel.walls import SYSTEM, listed, ours

OWNERS = f"""{ours("issuer_id")} OR {SYSTEM} OR EXISTS (
    SELECT FROM learners_learner l WHERE l.id = events_certificate.learner_id
    AND {ours("l.owner_id")})"""
FAMILIES = f"{OWNERS} OR {listed('learners.Learner', 'learner_id')}"


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0010_cancelled"),
        ("learners", "0011_guardians"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER POLICY may_read ON events_certificate USING ({FAMILIES})",
            f"ALTER POLICY may_read ON events_certificate USING ({OWNERS})",
        )
    ]
