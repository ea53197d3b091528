"""A batch of certificates whose children were all erased owes no file."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0008_places_follow_consents'),
    ]

    operations = [
        migrations.AddField(
            model_name='batch',
            name='emptied',
            field=models.BooleanField(default=False),
        ),
    ]
