"""Acts of destruction with their extracts of the journal."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_finding'),
        ('learners', '0012_cards'),
        ('organisations', '0007_finding'),
    ]

    operations = [
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('who', models.CharField(max_length=500)),
                ('why', models.CharField(max_length=40)),
                ('children', models.JSONField()),
                ('counts', models.JSONField(default=dict)),
                ('entry', models.UUIDField(null=True)),
                ('at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('log', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper')),
            ],
            options={
                'indexes': [models.Index(fields=['owner', 'at'], name='acts_by_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('paper', None), ('log', None), _connector='XOR', _negated=True), name='act_comes_with_its_extract')],
            },
        ),
        wall("learners_destruction", read=f"{ours('owner_id')} OR {SYSTEM}"),
    ]
