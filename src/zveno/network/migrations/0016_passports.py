"""Passports of clusters are kept as they were printed."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_numbering'),
        ('network', '0015_accession'),
    ]

    operations = [
        migrations.CreateModel(
            name='PrintedPassport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('printed_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passports', to='network.cluster')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
