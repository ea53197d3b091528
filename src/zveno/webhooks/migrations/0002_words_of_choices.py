"""Choices are named in clearer words; nothing that is stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("webhooks", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="fault",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_address", "the address cannot be read"),
                    ("not_permitted", "the operator no longer allows this host"),
                    ("no_host", "there is no such host"),
                    ("inner", "the host leads to an internal network"),
                    ("slow", "no response in time"),
                    ("no_trust", "its certificate is not valid"),
                    ("broken", "the connection failed"),
                    ("status", "it responded with an error"),
                    ("no_secret", "the secret can no longer be read"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("member_list.accepted", "Members were accepted from a table"),
                    ("agreement.sent", "An agreement was sent for signature"),
                    ("party.signed", "A party signed an agreement"),
                    ("agreement.in_force", "An agreement came into force"),
                    ("plan_item.planned", "An obligation was added to the plan"),
                    ("plan_item.dated", "A plan item got a date or a new date"),
                    ("plan_item.done", "A plan item was completed"),
                    ("event.announced", "An event was announced"),
                    ("event.held", "An event was closed"),
                    ("group.registered", "A school reserved seats"),
                    ("group.waiting", "A school joined the waiting list"),
                    ("group.listed", "A school sent its class list"),
                    ("group.given_back", "A school released its seats"),
                    ("place.checked_in", "A child was checked in"),
                    ("place.check_in_undone", "A check-in was undone"),
                    ("batch.issued", "Certificates were issued"),
                    ("batch.undone", "Certificates were voided"),
                ],
                max_length=40,
            ),
        ),
    ]
