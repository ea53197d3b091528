"""A notice keeps its words in each language of the pages; those written before have the house's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0014_words_of_choices"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="others",
            field=models.JSONField(default=dict),
        ),
    ]
