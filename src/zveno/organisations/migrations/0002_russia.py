"""The country everything lies in; regions and districts are added below it."""

from django.db import migrations


def lay(apps, schema_editor):
    territory = apps.get_model("organisations", "Territory")
    territory.objects.using(schema_editor.connection.alias).get_or_create(
        kind="country", name="Россия", above=None, defaults={"genitive": "России"}
    )


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(lay, migrations.RunPython.noop),
    ]
