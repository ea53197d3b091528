"""Letters to members: read by who wrote them, by each member its own place, by who has the link."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, listed, ours, wall

ADDRESSEE = listed("correspondence.Addressee", "correspondence_addressee.id")
SENT = """sent_at IS NOT NULL AND EXISTS (
    SELECT FROM correspondence_addressee a WHERE a.circular_id = correspondence_circular.id)"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0005_by_hand'),
        ('kernel', '0001_initial'),
        ('network', '0018_signing'),
        ('organisations', '0006_mergers'),
        ('people', '0016_tasks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Circular',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('subject', models.CharField(max_length=150)),
                ('text', models.TextField(max_length=5000)),
                ('asks', models.CharField(choices=[('nothing', 'no answer'), ('noted', 'a note that it was read'), ('consent', 'consent or objection'), ('words', 'an answer in words')], default='nothing', max_length=10)),
                ('due', models.DateField(null=True)),
                ('written_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('sent_at', models.DateTimeField(null=True)),
                ('reminded', models.DateField(null=True)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='circulars', to='network.cluster')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('circular', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='correspondence.circular')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Addressee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('mailed', models.PositiveSmallIntegerField(default=0)),
                ('read_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('noted', 'read'), ('agrees', 'agrees'), ('objects', 'does not agree')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('circular', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='correspondence.circular')),
            ],
        ),
        migrations.AddIndex(
            model_name='circular',
            index=models.Index(fields=['cluster', 'sent_at'], name='circulars_of_a_cluster'),
        ),
        migrations.AddConstraint(
            model_name='circular',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='circular_says_something'),
        ),
        migrations.AddConstraint(
            model_name='circular',
            constraint=models.CheckConstraint(condition=models.Q(('due', None), models.Q(('asks', 'nothing'), _negated=True), _connector='OR'), name='only_an_answer_has_a_day'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=models.UniqueConstraint(fields=('circular', 'organisation'), name='member_gets_a_letter_once'),
        ),
        migrations.AddConstraint(
            model_name='addressee',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('words', '')), models.Q(('answered_at__isnull', False), ('read_at__isnull', False), models.Q(('answer', ''), ('words', ''), _negated=True)), _connector='OR'), name='an_answer_says_something_and_follows_reading'),
        ),
        wall(
            "correspondence_addressee",
            read=f"{SYSTEM} OR {ours('sender_id')} OR {ours('organisation_id')} OR {ADDRESSEE}",
        ),
        wall(
            "correspondence_circular",
            read=f"{SYSTEM} OR {ours('sender_id')} OR ({SENT})",
            write=f"{SYSTEM} OR {ours('sender_id')}",
        ),
    ]
