"""A file is read by its owner, by its readers and by whoever holds a link that lists it."""

from django.db import migrations

from zveno.kernel.walls import SYSTEM, listed, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("documents", "0001_initial"),
    ]

    operations = [
        wall(
            "documents_storedfile",
            # The last line is what this very transaction stored in the name of a link: it must be
            # readable to be added.
            read=f"""{ours("owner_id")} OR {SYSTEM} OR {listed("documents.StoredFile", "id")}
                OR EXISTS (
                    SELECT FROM documents_reader r WHERE r.file_id = documents_storedfile.id
                    AND {ours("r.organisation_id")})
                OR ({listed("organisations.Organisation", "owner_id")}
                    AND stored_at >= zveno_now())""",
            write=f"""{ours("owner_id")} OR {SYSTEM}
                OR {listed("organisations.Organisation", "owner_id")}""",
        ),
    ]
