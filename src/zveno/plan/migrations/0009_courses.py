# An item of a plan is an event or a course; one copied between clusters tells where from.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0008_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='planitem',
            name='kind',
            field=models.CharField(choices=[('event', 'event'), ('course', 'course of further training')], default='event', max_length=10),
        ),
        migrations.AddField(
            model_name='planitem',
            name='taken_from',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='plan.planitem'),
        ),
    ]
