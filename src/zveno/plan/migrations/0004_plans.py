# The plan as it is approved and printed.

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0008_plans'),
        ('organisations', '0007_finding'),
        ('plan', '0003_tables'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='number',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.number'),
        ),
        migrations.CreateModel(
            name='PrintedPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('printed_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='printed', to='plan.plan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('side', models.CharField(choices=[('base', 'base organisation'), ('operator', 'methodical operator')], max_length=20)),
                ('digest', models.CharField(max_length=64)),
                ('given_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='plan.plan')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('plan', 'side'), name='side_approves_a_plan_once')],
            },
        ),
    ]
