"""Marks at the door are kept as facts, and who left early; what was marked before has a mark."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from zveno.kernel.walls import wall

TOLD = """
    INSERT INTO events_mark (public_id, device, kind, at, place_id)
    SELECT gen_random_uuid(), '00000000-0000-0000-0000-000000000000', 'came', came_at, id
    FROM events_place WHERE came_at IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0024_visits'),
        ('learners', '0021_initials'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('device', models.UUIDField(default=uuid.UUID('00000000-0000-0000-0000-000000000000'))),
                ('kind', models.CharField(choices=[('came', 'arrived'), ('left', 'left early'), ('taken_back', 'mark taken back')], max_length=10)),
                ('at', models.DateTimeField()),
                ('of', models.UUIDField(db_index=True, null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='events.place')),
            ],
        ),
        migrations.AddConstraint(
            model_name='mark',
            constraint=models.CheckConstraint(condition=models.Q(('of', None), ('kind', 'taken_back'), _connector='OR'), name='only_taking_back_names_a_mark'),
        ),
        migrations.AddField(
            model_name='place',
            name='left_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('left_at', None), ('came_at__isnull', False), _connector='OR'), name='who_left_had_come'),
        ),
        # Whoever may read the place: its own wall answers.
        wall(
            "events_mark",
            read="EXISTS (SELECT FROM events_place p WHERE p.id = events_mark.place_id)",
        ),
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
    ]
