"""Ways back into an account: read by whoever came by the link, the owner, and whoever helped."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import SYSTEM, listed, wall

OWN = f"""{SYSTEM} OR {listed("people.Recovery", "people_recovery.id")} OR account_id IN (
    SELECT a.id FROM people_account a WHERE a.person_id = (SELECT zveno_person()))"""
HELPER = "helper_id = (SELECT zveno_person())"


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_setup'),
    ]

    operations = [
        migrations.CreateModel(
            name='Recovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('letter', 'a letter with a link'), ('printed', 'a printed page with a link'), ('second_step', 'the second step was taken away')], max_length=20)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recoveries', to=settings.AUTH_USER_MODEL)),
                ('helper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
                ('link', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.link')),
            ],
        ),
        migrations.AddConstraint(
            model_name='recovery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'second_step'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='second_step_goes_for_a_reason'),
        ),
        wall(
            "people_recovery",
            read=f"{OWN} OR {HELPER}",
            write=OWN,
            add=f"{SYSTEM} OR {HELPER}",
        ),
    ]
