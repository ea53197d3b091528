"""How many agreements of a cluster are in which state."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0011_programmes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('out_for_signature', 'out for signature'), ('in_force', 'in force'), ('expired', 'expired'), ('terminated', 'terminated')], max_length=30)),
                ('number', models.PositiveIntegerField()),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.cluster')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cluster', 'state'), name='a_state_is_counted_once')],
            },
        ),
    ]
