"""A child is read by its owner and by whom a live disclosure names; written only by its owner."""

from django.db import migrations

from zveno.kernel.walls import SYSTEM, listed, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("learners", "0001_initial"),
    ]

    operations = [
        wall(
            "learners_learner",
            read=f"""{ours("owner_id")} OR {SYSTEM} OR {listed("learners.Learner", "id")}
                OR EXISTS (
                    SELECT FROM learners_disclosure d WHERE d.learner_id = learners_learner.id
                    AND {ours("d.organisation_id")} AND d.until > zveno_now())""",
            write=f"{ours('owner_id')} OR {SYSTEM}",
        ),
        wall("learners_consent", read=f"{ours('owner_id')} OR {SYSTEM}"),
        wall(
            "learners_disclosure",
            read=f"{ours('owner_id')} OR {ours('organisation_id')} OR {SYSTEM}",
            write=f"{ours('owner_id')} OR {SYSTEM}",
        ),
    ]
