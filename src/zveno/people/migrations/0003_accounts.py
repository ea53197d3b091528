"""Sign-ins, which take the place of Django's sessions, and counted attempts to sign in.

Both are read and written before anybody is known, so their walls stand open and ``visible_to``
alone narrows them; their keys are hashes. Whoever was signed in signs in anew.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import wall


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_walls'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('device', models.CharField(blank=True, max_length=60)),
                ('since', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('seen_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        wall("people_attempt", read="true"),
        wall("people_signin", read="true"),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
