"""A child is kept with the year its grade 1 began, so that its class moves up by itself."""

from django.conf import settings
from django.db import migrations, models

# An academic year begins eight months after the year it is named by.
COUNT_BACK = """
UPDATE learners_learner SET first_year =
    extract(year FROM (entered_at AT TIME ZONE %s) - interval '8 months') - grade + 1
WHERE grade > 0
"""


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0002_walls"),
        ("organisations", "0007_finding"),
    ]

    operations = [
        migrations.AddField("learner", "first_year", models.PositiveSmallIntegerField(null=True)),
        migrations.RunSQL([(COUNT_BACK, [settings.TIME_ZONE])], migrations.RunSQL.noop),
        migrations.RemoveConstraint("learner", "grade_up_to_11"),
        migrations.RemoveIndex("learner", "learners_le_owner_i_806f3f_idx"),
        migrations.RemoveField("learner", "grade"),
        migrations.AddIndex(
            "learner",
            models.Index(
                fields=["owner", "first_year", "name_key"], name="learners_le_owner_i_3486d8_idx"
            ),
        ),
        migrations.AddConstraint(
            "learner",
            models.CheckConstraint(
                condition=models.Q(first_year__range=(1900, 2200)), name="first_year_is_a_year"
            ),
        ),
    ]
