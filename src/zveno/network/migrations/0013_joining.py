"""Invitations and applications: read by the cluster, by the organisation, by who has the link."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, listed, ours, wall

SIDES = f"""{SYSTEM} OR {ours('organisation_id')} OR {listed('network.Joining', 'network_joining.id')}
    OR cluster_id IN (SELECT c.id FROM network_cluster c WHERE {ours('c.base_id')})"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0012_agreed'),
        ('organisations', '0005_units'),
    ]

    operations = [
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('invitation', 'invitation'), ('application', 'application')], max_length=20)),
                ('state', models.CharField(choices=[('unconfirmed', 'email not confirmed'), ('waiting', 'waiting for an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('withdrawn', 'taken back'), ('expired', 'no answer in time')], default='waiting', max_length=20)),
                ('name', models.CharField(max_length=300)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('answers', models.JSONField(default=dict)),
                ('word', models.CharField(blank=True, max_length=400)),
                ('reason', models.CharField(blank=True, max_length=400)),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('until', models.DateTimeField()),
                ('remind_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='network.cluster')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['unconfirmed', 'waiting'])), fields=['until'], name='joinings_unanswered')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('cluster', 'organisation'), name='organisation_asked_once'), models.UniqueConstraint(condition=models.Q(('organisation', None), ('state', 'waiting')), fields=('cluster', 'email'), name='newcomer_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='declined_for_a_reason')],
            },
        ),
        wall("network_joining", read=SIDES),
    ]
