"""A consent says whose word it is and until when; a child's row whether there is a ground to keep it."""

from django.db import migrations, models

import zveno.kernel.clock

# Consents noted so far are on paper at the school, which answers for all signatures. What is kept
# without any is in quarantine from now on.
WITHOUT_GROUND = """
UPDATE learners_learner l SET unfounded_since = now() WHERE NOT EXISTS (
    SELECT FROM learners_consent c WHERE c.learner_id = l.id
    AND c.purpose = 'participation' AND c.withdrawn_at IS NULL)
"""
# Nothing is shown of a child without a ground; a lock on its row makes both orders of a withdrawal
# and a disclosure at one moment end alike: nothing is shown.
FUNCTIONS = """
CREATE FUNCTION learners_ground_is_needed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.until > zveno_now() THEN
        PERFORM FROM learners_learner l
            WHERE l.id = NEW.learner_id AND l.unfounded_since IS NULL FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a child without a ground is shown to nobody'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'disclosed_with_a_ground';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER disclosed_with_a_ground BEFORE INSERT OR UPDATE ON learners_disclosure
    FOR EACH ROW EXECUTE FUNCTION learners_ground_is_needed();
CREATE FUNCTION learners_ground_is_lost() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE learners_disclosure SET until = zveno_now()
        WHERE learner_id = NEW.id AND until > zveno_now();
    RETURN NULL;
END $$;
CREATE TRIGGER hidden_without_a_ground AFTER UPDATE OF unfounded_since ON learners_learner
    FOR EACH ROW WHEN (OLD.unfounded_since IS NULL AND NEW.unfounded_since IS NOT NULL)
    EXECUTE FUNCTION learners_ground_is_lost();
"""
NO_FUNCTIONS = """
DROP TRIGGER hidden_without_a_ground ON learners_learner;
DROP TRIGGER disclosed_with_a_ground ON learners_disclosure;
DROP FUNCTION learners_ground_is_lost, learners_ground_is_needed;
"""
PURPOSES = [
    ("participation", "taking part in events"),
    ("publication", "publication of photographs"),
    ("trip", "trips with a group"),
]
SIGNERS = [
    ("guardian", "parent or guardian"),
    ("child", "the child"),
    ("both", "parent or guardian, and the child"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("learners", "0003_classes_move_up"),
    ]

    operations = [
        migrations.AddField("learner", "unfounded_since", models.DateTimeField(null=True)),
        migrations.RunSQL(WITHOUT_GROUND, migrations.RunSQL.noop),
        migrations.AlterField(
            "learner",
            "unfounded_since",
            models.DateTimeField(null=True, default=zveno.kernel.clock.now),
        ),
        migrations.AddField(
            "learner", "photographed", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField(
            "consent", "summary_hash", models.CharField(max_length=64, blank=True, db_default="")
        ),
        migrations.AddField("consent", "refused", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            "consent",
            "signed_by",
            models.CharField(
                max_length=10, choices=SIGNERS, default="guardian", db_default="both"
            ),
        ),
        migrations.AddField("consent", "expires_on", models.DateField(null=True)),
        migrations.AlterField(
            "consent", "purpose", models.CharField(max_length=20, choices=PURPOSES)
        ),
        migrations.AlterField(
            "disclosure",
            "purpose",
            models.CharField(max_length=20, choices=PURPOSES, default="participation"),
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
