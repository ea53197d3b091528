"""Tokens are looked up before an actor is known, so reading them stands open, as with links.

What they keep is a hash. They are made and ended by whoever holds the post.
"""

import datetime
import uuid

import django.db.models.deletion
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, wall

HOLDER = f"""{SYSTEM} OR EXISTS (
    SELECT FROM people_post p
    WHERE p.id = people_token.post_id AND p.person_id = (SELECT zveno_person()))"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_accounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('may', models.CharField(choices=[('read', 'only read'), ('write', 'read and change')], max_length=10)),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('until', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='people.post')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until__gt', models.F('made_at'))), name='token_lasts'),
                    models.CheckConstraint(condition=models.Q(('until__lte', models.expressions.CombinedExpression(models.F('made_at'), '+', models.Value(datetime.timedelta(days=366))))), name='token_ends_within_a_year'),
                ],
            },
        ),
        wall("people_token", read="true", write=HOLDER),
    ]
