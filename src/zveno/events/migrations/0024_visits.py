"""Families come by themselves: seats of their own on the event, tickets behind a wall."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, listed, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0023_designs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('people', models.PositiveSmallIntegerField()),
                ('ages', models.JSONField(default=list)),
                ('code', models.CharField(max_length=6)),
                ('registered_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('came_at', models.DateTimeField(null=True)),
                ('returned_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='event',
            name='families',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='event',
            name='families_came',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='event',
            name='families_seats',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='event',
            name='for_families',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('families__lte', models.F('families_seats'))), name='families_have_seats'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('families_came__lte', models.F('families'))), name='families_came_with_tickets'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('for_families', False), ('families_seats__gte', 1), _connector='OR'), name='families_are_invited_to_seats'),
        ),
        migrations.AddField(
            model_name='visit',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='events.event'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('event', 'email'), name='a_family_has_one_ticket'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('event', 'code'), name='a_code_opens_once'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('people__range', (1, 5))), name='a_family_is_some'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('ages__contained_by', ['kg', 'primary', 'basic', 'senior'])), name='ages_are_of_the_list'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('came_at', None), ('returned_at', None), _connector='OR'), name='who_came_gave_nothing_back'),
        ),
        # Who registers has no scope: a ticket is made by Zveno, read by its host and by its own link.
        wall(
            "events_visit",
            read=f"""{SYSTEM} OR {listed("events.Visit", "events_visit.id")} OR EXISTS (
                SELECT FROM events_event e
                WHERE e.id = events_visit.event_id AND {ours("e.host_id")})""",
            add=SYSTEM,
        ),
    ]
