"""The second step of signing in: all of it is one's own, and sealed."""

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
        ('people', '0008_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='second_step_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='CodeKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('secret', models.TextField()),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('last_step', models.BigIntegerField(default=0)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='code_key', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code_hash', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('credential_hash', models.CharField(max_length=64, unique=True)),
                ('credential', models.BinaryField()),
                ('count', models.BigIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        wall("people_codekey", read=OWN),
        wall("people_passkey", read="true", write=OWN),
        wall("people_papercode", read=OWN),
    ]
