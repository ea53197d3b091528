from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, wall

NOTE = """
CREATE FUNCTION zveno_note_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO kernel_erasure ("table", key, at, noted)
    VALUES (TG_TABLE_NAME, OLD.public_id, now(), false);
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0002_journal_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("key", models.UUIDField()),
                ("at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("noted", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("noted", False)), fields=["id"], name="erasures_to_note")],
            },
        ),
        wall("kernel_erasure", read=SYSTEM, add="true"),
        migrations.RunSQL(NOTE, "DROP FUNCTION zveno_note_erasure() CASCADE"),
    ]
