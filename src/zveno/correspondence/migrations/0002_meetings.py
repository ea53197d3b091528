"""Meetings of working groups, their minutes and decisions."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, ours, wall

LED = f"""{SYSTEM} OR EXISTS (
    SELECT FROM network_cluster c WHERE c.id = correspondence_meeting.cluster_id AND {ours("c.base_id")})"""
"""The house that leads the cluster of a meeting."""


def of_meeting(table: str) -> migrations.RunSQL:
    """Let a row be read with its meeting, and written by the house that leads."""
    mine = f"SELECT FROM correspondence_meeting m WHERE m.id = {table}.meeting_id"
    led = f"SELECT FROM network_cluster c WHERE c.id = m.cluster_id AND {ours('c.base_id')}"
    return wall(
        table, read=f"EXISTS ({mine})", write=f"{SYSTEM} OR EXISTS ({mine} AND EXISTS ({led}))"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('correspondence', '0001_initial'),
        ('documents', '0006_minutes'),
        ('network', '0018_signing'),
        ('organisations', '0006_mergers'),
        ('people', '0016_tasks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subject', models.CharField(max_length=200)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(max_length=300)),
                ('guests', models.CharField(blank=True, max_length=400)),
                ('called_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('changes', models.PositiveSmallIntegerField(default=0)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=300)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='network.cluster')),
            ],
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('place', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('reporter', models.CharField(blank=True, max_length=200)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='correspondence.meeting')),
            ],
            options={
                'ordering': ('place',),
            },
        ),
        migrations.CreateModel(
            name='Invited',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('answer', models.CharField(blank=True, choices=[('', 'no answer yet'), ('coming', 'will come'), ('not_coming', 'will not come')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('answered_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.post')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invited', to='correspondence.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('place', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=400)),
                ('due', models.DateField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.post')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='correspondence.item')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='correspondence.meeting')),
            ],
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveSmallIntegerField()),
                ('content', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('written_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='correspondence.meeting')),
                ('number', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.number')),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper')),
            ],
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['cluster', 'begins_at'], name='meetings_of_a_cluster'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='meeting_lasts'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at', None), models.Q(('cancel_reason', ''), _negated=True), _connector='XOR'), name='meeting_is_cancelled_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.UniqueConstraint(fields=('meeting', 'place'), name='agenda_has_an_order'),
        ),
        migrations.AddConstraint(
            model_name='invited',
            constraint=models.UniqueConstraint(condition=models.Q(('post', None)), fields=('meeting', 'organisation'), name='organisation_is_invited_once'),
        ),
        migrations.AddConstraint(
            model_name='invited',
            constraint=models.UniqueConstraint(fields=('meeting', 'post'), name='post_is_invited_once'),
        ),
        migrations.AddConstraint(
            model_name='invited',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('answered_at', None), _negated=True)), _connector='OR'), name='invitation_is_answered_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('post', None), models.Q(('due', None), _negated=True), _connector='OR'), name='decision_is_carried_out_by_a_day'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.UniqueConstraint(fields=('meeting', 'version'), name='minutes_have_versions'),
        ),
        migrations.AddConstraint(
            model_name='minutes',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('version', 1)), models.Q(('version__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='minutes_are_corrected_with_a_reason'),
        ),
        # Guests, who reports and what was said are about people: the base and the invited read it.
        wall(
            "correspondence_meeting",
            read=f"""{LED} OR EXISTS (
                SELECT FROM correspondence_invited i
                WHERE i.meeting_id = correspondence_meeting.id AND {ours("i.organisation_id")})""",
            write=LED,
        ),
        of_meeting("correspondence_item"),
        of_meeting("correspondence_minutes"),
        of_meeting("correspondence_decision"),
    ]
