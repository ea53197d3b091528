"""Identities at a provider: found before anybody is known, by a keyed hash; tied by their owner."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, wall

OWN = f"""{SYSTEM} OR account_id IN (
    SELECT a.id FROM people_account a WHERE a.person_id = (SELECT zveno_person()))"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0009_second_step'),
    ]

    operations = [
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subject_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        wall("people_identity", read="true", write=OWN),
    ]
