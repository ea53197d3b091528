"""A list on its way in is read by whoever brought it."""

from django.db import migrations

from zveno.kernel.walls import SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("network", "0001_initial"),
    ]

    operations = [
        wall("network_memberlist", read=f"{ours('owner_id')} OR {SYSTEM}"),
    ]
