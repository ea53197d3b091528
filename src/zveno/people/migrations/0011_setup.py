"""Setting up by a link: found before anybody is known, by a hash; written by whoever came by it."""

import uuid
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, listed, wall


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0010_identities'),
    ]

    operations = [
        migrations.CreateModel(
            name='Setup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('until', models.DateTimeField()),
                ('answers', models.JSONField(default=dict)),
                ('zone', models.CharField(blank=True, max_length=40)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        wall(
            "people_setup",
            read="true",
            write=f"""{SYSTEM} OR {listed("people.Setup", "id")}""",
            add=SYSTEM,
        ),
    ]
