"""Polls of dates: read by who asked, by each member its own place, by who has the link."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, listed, ours, wall

VOTER = listed("correspondence.Voter", "correspondence_voter.id")


class Migration(migrations.Migration):

    dependencies = [
        ('correspondence', '0003_contacts'),
        ('network', '0023_reforms'),
        ('organisations', '0007_finding'),
        ('people', '0017_finding'),
    ]

    operations = [
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=150)),
                ('text', models.CharField(blank=True, max_length=1000)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('due', models.DateField()),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('closed_at', models.DateTimeField(null=True)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='polls', to='network.cluster')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('starts_at', models.DateTimeField()),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slots', to='correspondence.poll')),
            ],
        ),
        migrations.AddField(
            model_name='poll',
            name='chosen',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='correspondence.slot'),
        ),
        migrations.CreateModel(
            name='Voter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('mailed', models.PositiveSmallIntegerField(default=0)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('poll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='voters', to='correspondence.poll')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('value', models.CharField(choices=[('yes', 'yes'), ('maybe', 'if needed'), ('no', 'no')], max_length=5)),
                ('slot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='correspondence.slot')),
                ('voter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='correspondence.voter')),
            ],
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('poll', 'starts_at'), name='slot_is_offered_once'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='poll_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1)), name='poll_is_of_some_time'),
        ),
        migrations.AddConstraint(
            model_name='poll',
            constraint=models.CheckConstraint(condition=models.Q(('chosen', None), ('closed_at__isnull', False), _connector='OR'), name='a_choice_closes'),
        ),
        migrations.AddConstraint(
            model_name='voter',
            constraint=models.UniqueConstraint(fields=('poll', 'organisation'), name='member_is_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('voter', 'slot'), name='member_votes_once'),
        ),
        wall(
            "correspondence_voter",
            read=f"{SYSTEM} OR {ours('sender_id')} OR {ours('organisation_id')} OR {VOTER}",
        ),
        # Whoever sees a voter sees what it was asked and what it answered.
        wall(
            "correspondence_poll",
            read=f"""{SYSTEM} OR {ours('sender_id')} OR EXISTS (
                SELECT FROM correspondence_voter v WHERE v.poll_id = correspondence_poll.id)""",
            write=f"{SYSTEM} OR {ours('sender_id')}",
        ),
        wall(
            "correspondence_vote",
            read="""EXISTS (
                SELECT FROM correspondence_voter v WHERE v.id = correspondence_vote.voter_id)""",
        ),
    ]
