"""A place is read by whoever may read its child; a certificate by its issuer and the owner of the child."""

from django.db import migrations

from zveno.kernel.walls import SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("learners", "0002_walls"),
        ("events", "0001_initial"),
    ]

    operations = [
        # One policy for rows about a child: the child is readable.
        wall("events_place", read="zveno_may_read(learner_id)"),
        wall(
            "events_certificate",
            read=f"""{ours("issuer_id")} OR {SYSTEM} OR EXISTS (
                SELECT FROM learners_learner l WHERE l.id = events_certificate.learner_id
                AND {ours("l.owner_id")})""",
            write=f"{ours('issuer_id')} OR {SYSTEM}",
        ),
    ]
