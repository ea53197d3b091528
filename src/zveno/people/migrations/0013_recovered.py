"""When an account was last recovered: what programs got of it before is over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_recoveries'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='recovered_at',
            field=models.DateTimeField(null=True),
        ),
    ]
