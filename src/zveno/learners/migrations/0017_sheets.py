"""Printed consent sheets and the pages of them that came back; a page takes its file along."""

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, ours, wall

PURPOSES = [
    ("participation", "taking part in events"),
    ("publication", "publication of photographs"),
    ("trip", "trips with a group"),
]
SIGNERS = [
    ("guardian", "parent or guardian"),
    ("child", "the child"),
    ("both", "parent or guardian, and the child"),
]
ALONG = """
CREATE FUNCTION learners_file_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM documents_storedfile WHERE id = OLD.file_id;
    RETURN NULL;
END $$;
CREATE TRIGGER file_goes_along AFTER DELETE ON learners_scannedpage
    FOR EACH ROW EXECUTE FUNCTION learners_file_goes_along();
"""
NOT_ALONG = """
DROP TRIGGER file_goes_along ON learners_scannedpage;
DROP FUNCTION learners_file_goes_along;
"""


class Migration(migrations.Migration):

    dependencies = [
        ("documents", "0009_restricted"),
        ("organisations", "0007_finding"),
        ("learners", "0014_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("purpose", models.CharField(choices=PURPOSES, max_length=20)),
                ("text_hash", models.CharField(max_length=64)),
                ("signed_by", models.CharField(choices=SIGNERS, max_length=10)),
                ("printed_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("learner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sheets", to="learners.learner")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ScannedPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("came_at", models.DateTimeField(default=zveno.kernel.clock.now)),
                ("consent", models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="page", to="learners.consent")),
                ("file", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile")),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation")),
                ("sheet", models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="learners.consentsheet")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=Q(consent=None), fields=("sheet",), name="one_waiting_page_a_sheet"),
                    models.CheckConstraint(condition=Q(consent=None) | Q(sheet__isnull=False), name="answered_page_has_a_sheet"),
                ],
            },
        ),
        wall("learners_consentsheet", read=f"{ours('owner_id')} OR {SYSTEM}"),
        wall("learners_scannedpage", read=f"{ours('owner_id')} OR {SYSTEM}"),
        migrations.RunSQL(ALONG, NOT_ALONG),
    ]
