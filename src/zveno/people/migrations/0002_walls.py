"""A person is read by the owner, by themselves and, while they hold a post, by the network.

Accounts and links are looked up before an actor is known, so reading them stands open here and
``visible_to`` alone narrows it; what they keep is hashes of secrets. An account is changed by its
person only; a link is given out in one's own name, and ends by whoever came by it, too.
"""

from django.db import migrations

from zveno.kernel.walls import SOMEBODY, SYSTEM, ours, wall


class Migration(migrations.Migration):

    dependencies = [
        ("kernel", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        wall(
            "people_person",
            read=f"""{ours("owner_id")} OR {SYSTEM} OR id = (SELECT zveno_person())
                OR ({SOMEBODY} AND EXISTS (
                    SELECT FROM people_post p WHERE p.person_id = people_person.id
                    AND p.since <= zveno_now() AND (p.until IS NULL OR p.until > zveno_now())))""",
            write=f"{ours('owner_id')} OR {SYSTEM}",
        ),
        wall(
            "people_account",
            read="true",
            write=f"person_id = (SELECT zveno_person()) OR {SYSTEM}",
        ),
        wall(
            "people_link",
            read="true",
            write="true",
            add=f"{ours('issuer_id')} OR {SYSTEM}",
        ),
    ]
