"""A child is read by its owner and by whom a live disclosure names; written only by its owner."""

from django.db import migrations

from zveno.kernel.walls import SYSTEM, listed, ours, wall

# Functions in plpgsql keep their plan for the session: asked of one child at a time (a mark at the
# door), the nested policies are planned once and not with every statement (1.7 ms to 0.3 ms).
FUNCTIONS = """
CREATE FUNCTION zveno_is_disclosed(child bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
        RETURN EXISTS (
            SELECT FROM learners_disclosure d WHERE d.learner_id = child
            AND d.organisation_id = ANY (zveno_scope()) AND d.until > zveno_now());
    END $$;
CREATE FUNCTION zveno_may_read(child bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN
        RETURN EXISTS (SELECT FROM learners_learner l WHERE l.id = child);
    END $$;
"""
NO_FUNCTIONS = "DROP FUNCTION zveno_is_disclosed, zveno_may_read"


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("learners", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        wall(
            "learners_learner",
            read=f"""{ours("owner_id")} OR {SYSTEM} OR {listed("learners.Learner", "id")}
                OR zveno_is_disclosed(id)""",
            write=f"{ours('owner_id')} OR {SYSTEM}",
        ),
        wall("learners_consent", read=f"{ours('owner_id')} OR {SYSTEM}"),
        wall(
            "learners_disclosure",
            read=f"{ours('owner_id')} OR {ours('organisation_id')} OR {SYSTEM}",
            write=f"{ours('owner_id')} OR {SYSTEM}",
        ),
    ]
