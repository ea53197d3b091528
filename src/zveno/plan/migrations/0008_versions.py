# Calendars tell versions of an item apart.

import zveno.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0007_ended_approvals'),
    ]

    operations = [
        migrations.AddField(
            model_name='planitem',
            name='changes',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='planitem',
            name='changed_at',
            field=models.DateTimeField(default=zveno.kernel.clock.now),
        ),
    ]
