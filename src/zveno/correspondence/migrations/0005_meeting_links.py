"""Whoever came by the link of an invitation reads that meeting and its agenda."""

from django.db import migrations

from zveno.kernel.walls import listed

INVITED = listed("correspondence.Invited", "i.id")


class Migration(migrations.Migration):

    dependencies = [
        ('correspondence', '0004_polls'),
    ]

    operations = [
        # The agenda is read with its meeting.
        migrations.RunSQL(
            f"""CREATE POLICY is_invited ON correspondence_meeting FOR SELECT USING (EXISTS (
                SELECT FROM correspondence_invited i
                WHERE i.meeting_id = correspondence_meeting.id AND {INVITED}))""",
            "DROP POLICY is_invited ON correspondence_meeting",
        ),
    ]
