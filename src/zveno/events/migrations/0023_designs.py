"""Sheets have kinds; a letter of thanks is read by whom it thanks."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, listed, ours

BEFORE = f"""{ours("issuer_id")} OR {SYSTEM} OR EXISTS (
    SELECT FROM learners_learner l WHERE l.id = events_certificate.learner_id
    AND {ours("l.owner_id")}) OR {listed('learners.Learner', 'learner_id')}"""
NOW = f"""{BEFORE} OR {ours("recipient_id")} OR person_id = (SELECT zveno_person())"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0009_restricted'),
        ('events', '0022_engineers'),
        ('learners', '0021_initials'),
        ('organisations', '0007_finding'),
        ('people', '0017_finding'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='certificate',
            name='one_valid_certificate_a_child',
        ),
        migrations.AddField(
            model_name='batch',
            name='kind',
            field=models.CharField(choices=[('certificate', 'Certificate of participation'), ('diploma', 'Diploma'), ('thanks', 'Letter of thanks')], db_default='certificate', default='certificate', max_length=20),
        ),
        migrations.AddField(
            model_name='certificate',
            name='award',
            field=models.CharField(blank=True, choices=[('first', '1st place'), ('second', '2nd place'), ('third', '3rd place'), ('winner', 'Winner'), ('laureate', 'Laureate')], db_default='', max_length=20),
        ),
        migrations.AddField(
            model_name='certificate',
            name='kind',
            field=models.CharField(choices=[('certificate', 'Certificate of participation'), ('diploma', 'Diploma'), ('thanks', 'Letter of thanks')], db_default='certificate', default='certificate', max_length=20),
        ),
        migrations.AddField(
            model_name='certificate',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='thanks', to='people.person'),
        ),
        migrations.AddField(
            model_name='certificate',
            name='recipient',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('voided_at', None)), fields=('event', 'learner', 'kind'), name='one_valid_sheet_of_a_kind_a_child'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'thanks'), ('voided_at', None)), fields=('event', 'name', 'school_class'), name='thanked_once_for_an_event'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'diploma'), ('award', ''), _connector='XOR'), name='a_diploma_says_what_for'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'thanks'), ('learner', None)), models.Q(models.Q(('kind', 'thanks'), _negated=True), ('person', None), ('recipient', None)), _connector='OR'), name='adults_are_thanked'),
        ),
        migrations.AddField(
            model_name='batch',
            name='design',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.CreateModel(
            name='CertificateDesign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('certificate', 'Certificate of participation'), ('diploma', 'Diploma'), ('thanks', 'Letter of thanks')], max_length=20)),
                ('look', models.CharField(choices=[('frame', 'Quiet frame'), ('stripe', 'Bold stripe'), ('meadow', 'For a kindergarten'), ('formal', 'Formal, with an emblem')], default='frame', max_length=20)),
                ('accent', models.CharField(choices=[('petrol', 'Petrol'), ('blue', 'Blue'), ('green', 'Green'), ('plum', 'Plum'), ('brick', 'Brick'), ('graphite', 'Graphite')], default='petrol', max_length=20)),
                ('portrait', models.BooleanField(default=False)),
                ('heading', models.CharField(blank=True, max_length=60)),
                ('words', models.CharField(blank=True, max_length=400)),
                ('signatory', models.CharField(blank=True, max_length=200)),
                ('signatory_post', models.CharField(blank=True, max_length=200)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind'), name='sheets_of_a_kind_look_one_way')],
            },
        ),
        migrations.AddField(
            model_name='batch',
            name='packed',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='batch',
            name='packing',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='BatchPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='events.batch')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='a_part_is_drawn_once')],
            },
        ),
        migrations.RunSQL(
            f"ALTER POLICY may_read ON events_certificate USING ({NOW})",
            f"ALTER POLICY may_read ON events_certificate USING ({BEFORE})",
        ),
    ]
