"""Hours of career guidance: of an event, of classes elsewhere; the level a school has chosen."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

# What was held before counts by its length, as a new event does: 45 minutes an hour, to the half,
# eight hours of a day at most.
COUNT = """
UPDATE events_event SET
    hours = least(
        100,
        round((extract(epoch FROM ends_at - starts_at) / 60 / 45 * 2)::numeric) / 2,
        8 * (extract(day FROM ends_at - starts_at) + 1)
    ),
    direction = CASE WHEN kind = 'lesson_series' THEN 'extracurricular' ELSE 'practice' END
"""


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0016_escorts'),
        ('organisations', '0007_finding'),
    ]

    operations = [
        migrations.CreateModel(
            name='CareerLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('level', models.CharField(max_length=30)),
                ('chosen_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner',), name='one_level_of_a_school')],
            },
        ),
        migrations.CreateModel(
            name='OutsideHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('grade', models.PositiveSmallIntegerField()),
                ('letter', models.CharField(blank=True, max_length=30)),
                ('direction', models.CharField(max_length=30)),
                ('hours', models.DecimalField(decimal_places=1, max_digits=4)),
                ('basis', models.CharField(max_length=200)),
                ('entered_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('owner', 'year', 'grade', 'letter', 'direction', 'basis'), name='outside_hours_stand_once'),
                    models.CheckConstraint(condition=models.Q(('grade__lte', 11)), name='outside_hours_grade'),
                    models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', 500)), name='outside_hours_are_some'),
                    models.CheckConstraint(condition=models.Q(('year__range', (2000, 2200))), name='outside_hours_year'),
                ],
            },
        ),
        migrations.AddField(
            model_name='event',
            name='direction',
            field=models.CharField(db_default='practice', default='practice', max_length=30),
        ),
        migrations.AddField(
            model_name='event',
            name='hours',
            field=models.DecimalField(db_default=0, decimal_places=1, default=0, max_digits=4),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('hours__range', (0, 100))), name='event_has_hours'),
        ),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
