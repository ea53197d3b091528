# When the sides were told that what they approved has changed.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0006_wishes'),
    ]

    operations = [
        migrations.AddField(
            model_name='approval',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
    ]
