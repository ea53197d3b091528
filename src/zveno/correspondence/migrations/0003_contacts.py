"""Contacts with employers."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ('correspondence', '0002_meetings'),
        ('organisations', '0006_mergers'),
        ('people', '0016_tasks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('call', 'call'), ('meeting', 'meeting'), ('visit', 'visit'), ('letter', 'letter')], max_length=10)),
                ('whom', models.CharField(blank=True, max_length=200)),
                ('about', models.CharField(max_length=400)),
                ('agreed', models.CharField(blank=True, max_length=1000)),
                ('next_step', models.CharField(blank=True, max_length=300)),
                ('next_due', models.DateField(null=True)),
                ('noted_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('next_post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.post')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.post')),
            ],
            options={
                'indexes': [models.Index(fields=['keeper', '-day'], name='contacts_of_a_house')],
                'constraints': [models.CheckConstraint(condition=models.Q(('employer', None), ('name', ''), _connector='XOR'), name='contact_is_with_one_employer'), models.CheckConstraint(condition=models.Q(models.Q(('next_due', None), ('next_step', '')), models.Q(models.Q(('next_step', ''), _negated=True), models.Q(('next_due', None), _negated=True)), _connector='OR'), name='next_step_has_a_day')],
            },
        ),
        # Whom one talked with and what was said is about people: only the house that keeps it.
        wall("correspondence_contact", read=f"{ours('keeper_id')} OR {SYSTEM}"),
    ]
