"""What a child needs on the day: read by its school, and that day by the host."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0011_certificates_of_families'),
    ]

    operations = [
        migrations.CreateModel(
            name='CareNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('need', models.CharField(choices=[('escort', 'an escort all the time'), ('steps', 'a room without steps'), ('flash', 'no flashing light'), ('noise', 'no loud noise'), ('rest', 'a quiet place to rest'), ('front', 'a seat in front'), ('signs', 'a sign language interpreter'), ('print', 'large print'), ('food', 'own food only')], max_length=10)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cares', to='events.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'need'), name='a_need_is_noted_once'), models.CheckConstraint(condition=models.Q(('need__in', ['escort', 'steps', 'flash', 'noise', 'rest', 'front', 'signs', 'print', 'food'])), name='need_is_of_the_list')],
            },
        ),
        # Its school reads and writes it; the host reads it on the day of the event, where it is held.
        wall(
            "events_carenote",
            read=f"""{SYSTEM} OR EXISTS (
                SELECT FROM events_place p
                JOIN events_group g ON g.id = p.group_id
                JOIN events_event e ON e.id = p.event_id
                WHERE p.id = events_carenote.place_id AND ({ours("g.sender_id")} OR (
                    {ours("e.host_id")}
                    AND (zveno_now() AT TIME ZONE e.time_zone)::date
                        BETWEEN (e.starts_at AT TIME ZONE e.time_zone)::date
                        AND (e.ends_at AT TIME ZONE e.time_zone)::date)))""",
            write=f"""{SYSTEM} OR EXISTS (
                SELECT FROM events_place p JOIN events_group g ON g.id = p.group_id
                WHERE p.id = events_carenote.place_id AND {ours("g.sender_id")})""",
        ),
    ]
