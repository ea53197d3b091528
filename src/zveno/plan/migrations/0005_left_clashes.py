# Clashes that whoever plans leaves as they are.

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0004_plans'),
    ]

    operations = [
        migrations.CreateModel(
            name='LeftClash',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('place', 'place'), ('person', 'person'), ('day_off', 'day_off'), ('holidays', 'holidays'), ('audience', 'audience')], max_length=20)),
                ('day', models.DateField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='left_clashes', to='plan.planitem')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.planitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('item', 'kind', 'other', 'day'), name='clash_is_left_once', nulls_distinct=False)],
            },
        ),
    ]
