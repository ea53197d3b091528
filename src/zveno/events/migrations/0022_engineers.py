"""Slots at events that employers are offered, and the engineers they name.

An engineer is read and changed by the employer, by the host and by the link of the letter; the
employer alone names one.
"""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, listed, ours, wall

NAMED = """EXISTS (
    SELECT FROM events_slot s JOIN events_event e ON e.id = s.event_id
    WHERE s.id = events_engineer.slot_id AND ({}))"""
BOTH = NAMED.format(f"{ours('s.employer_id')} OR {ours('e.host_id')}")
OWN = NAMED.format(ours("s.employer_id"))


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0021_handouts'),
        ('network', '0027_reviews'),
        ('organisations', '0007_finding'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.CharField(choices=[('tell', 'tell about the profession'), ('judge', 'assess the work of the trial'), ('lead', 'lead a part of the event'), ('show', 'show equipment at work')], max_length=10)),
                ('topic', models.CharField(blank=True, max_length=200)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('people', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('offered', 'offered'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default='offered', max_length=10)),
                ('why', models.CharField(blank=True, max_length=400)),
                ('offered_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='events.event')),
                ('obligation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.obligation')),
            ],
        ),
        migrations.CreateModel(
            name='Engineer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('job', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('confirmed', 'comes'), ('declined', 'does not come'), ('off', 'not awaited any more')], default='asked', max_length=10)),
                ('asked', models.PositiveSmallIntegerField(default=1)),
                ('asked_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('answered_at', models.DateTimeField(null=True)),
                ('hours', models.PositiveSmallIntegerField(null=True)),
                ('thanked_at', models.DateTimeField(null=True)),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engineers', to='events.slot')),
            ],
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='slot_has_length'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('people__range', (1, 20))), name='slot_is_for_somebody'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), models.Q(('why', ''), _negated=True)), models.Q(models.Q(('state', 'declined'), _negated=True), ('why', '')), _connector='OR'), name='declined_slot_says_why'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('event', 'employer', 'role', 'starts_at'), name='employer_is_offered_once'),
        ),
        migrations.AddConstraint(
            model_name='engineer',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('slot', 'email'), name='engineer_is_named_once'),
        ),
        migrations.AddConstraint(
            model_name='engineer',
            constraint=models.CheckConstraint(condition=models.Q(('hours', None), ('hours__range', (1, 24)), _connector='OR'), name='engineer_has_hours'),
        ),
        migrations.AddConstraint(
            model_name='engineer',
            constraint=models.CheckConstraint(condition=models.Q(('thanked_at', None), ('hours__isnull', False), _connector='OR'), name='thanks_for_hours'),
        ),
        wall(
            "events_engineer",
            read=f"{SYSTEM} OR {listed('events.Engineer', 'id')} OR {BOTH}",
            add=f"{SYSTEM} OR {OWN}",
        ),
    ]
