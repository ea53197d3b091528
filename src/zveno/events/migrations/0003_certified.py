"""An event counts the children with a valid certificate; those issued so far are counted here."""

from django.db import migrations, models

COUNT = """
UPDATE events_event SET certified = issued.valid
FROM (
    SELECT event_id, count(*) AS valid FROM events_certificate
    WHERE voided_at IS NULL GROUP BY event_id
) issued
WHERE issued.event_id = events_event.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ("events", "0002_walls"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="certified",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
