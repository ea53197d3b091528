"""Holds that stop erasure, tombstones that count what was erased."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ('learners', '0006_grounds'),
        ('organisations', '0007_finding'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('everywhere', models.BooleanField(default=False)),
                ('category', models.CharField(blank=True, max_length=40)),
                ('reason', models.CharField(max_length=300)),
                ('since', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('until', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('learner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='learners.learner')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'until'], name='learners_ho_organis_071424_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='hold_has_a_reason'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='hold_has_an_end'), models.CheckConstraint(condition=models.Q(('learner', None), ('everywhere', False), _connector='OR'), name='a_child_is_held_by_its_own')],
            },
        ),
        migrations.CreateModel(
            name='Tombstone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('why', models.CharField(max_length=40)),
                ('number', models.PositiveIntegerField()),
                ('counts', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'at'], name='learners_to_owner_i_7579a2_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='tombstone_of_somebody')],
            },
        ),
        # Who erases has to know of every hold; a reason is for the house that gave it.
        wall(
            "learners_hold",
            read=f"{ours('organisation_id')} OR everywhere OR {SYSTEM}",
            write=f"{ours('organisation_id')} OR {SYSTEM}",
        ),
    ]
