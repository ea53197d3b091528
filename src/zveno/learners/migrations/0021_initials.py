"""An organisation may keep its children by initials only; then no whole name gets in."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import zveno.kernel.clock

# A new child waits for a switch that is being made, and the switch for a child that is being
# entered: both hold the row of the organisation. A name put right holds the row of the child, which
# the switch shortens after it.
WALL = r"""
CREATE FUNCTION learners_initials_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM organisations_organisation o WHERE o.id = NEW.owner_id FOR SHARE;
    END IF;
    IF (NEW.family_name !~ '^\S\.$' OR NEW.given_name !~ '^\S\.$'
            OR NEW.patronymic !~ '^(\S\.)?$')
        AND EXISTS (SELECT FROM learners_initialsonly i WHERE i.organisation_id = NEW.owner_id)
    THEN
        RAISE EXCEPTION 'the organisation keeps initials only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'initials_only';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER initials_only
    BEFORE INSERT OR UPDATE OF family_name, given_name, patronymic ON learners_learner
    FOR EACH ROW EXECUTE FUNCTION learners_initials_are_kept();
"""
NO_WALL = """
DROP TRIGGER initials_only ON learners_learner;
DROP FUNCTION learners_initials_are_kept;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("learners", "0020_kept_orders"),
        ("organisations", "0007_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="InitialsOnly",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("since", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("organisation", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="initials_only", to="organisations.organisation")),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL(WALL, NO_WALL),
    ]
