"""Who goes with a group, and which way; the host reads only who leads."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0015_registration'),
    ]

    operations = [
        migrations.AddField('group', 'adults', models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField('group', 'way', models.CharField(blank=True, choices=[('foot', 'on foot'), ('public', 'by public transport'), ('own', 'by a bus of the organisation'), ('hired', 'by a hired bus')], db_default='', max_length=10)),
        migrations.AddField('group', 'gathers_where', models.CharField(blank=True, db_default='', max_length=200)),
        migrations.AddField('group', 'gathers_at', models.TimeField(null=True)),
        migrations.AddField('group', 'back_at', models.TimeField(null=True)),
        migrations.AddField('group', 'carrier', models.CharField(blank=True, db_default='', max_length=200)),
        migrations.AddConstraint('group', models.CheckConstraint(condition=models.Q(('way__in', ['', 'foot', 'public', 'own', 'hired'])), name='way_is_known')),
        migrations.CreateModel(
            name='Escort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('job', models.CharField(max_length=200)),
                ('leads', models.BooleanField(default=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escorts', to='events.group')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'name'), name='escort_is_named_once'), models.UniqueConstraint(condition=models.Q(('leads', True)), fields=('group',), name='one_leads_a_group')],
            },
        ),
        wall(
            "events_escort",
            read=f"""{SYSTEM} OR EXISTS (
                SELECT FROM events_group g JOIN events_event e ON e.id = g.event_id
                WHERE g.id = events_escort.group_id AND ({ours("g.sender_id")} OR (
                    events_escort.leads AND {ours("e.host_id")})))""",
            write=f"""{SYSTEM} OR EXISTS (
                SELECT FROM events_group g
                WHERE g.id = events_escort.group_id AND {ours("g.sender_id")})""",
        ),
    ]
