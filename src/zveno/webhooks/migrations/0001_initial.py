"""A subscription is read and written by whoever holds its post; what is delivered are keys."""

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, wall

HOLDER = f"""{SYSTEM} OR EXISTS (
    SELECT FROM people_post p
    WHERE p.id = webhooks_subscription.post_id AND p.person_id = (SELECT zveno_person()))"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0010_identities'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.CharField(max_length=500)),
                ('kinds', models.JSONField()),
                ('secret', models.TextField()),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('off_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('failing_at', models.DateTimeField(null=True)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='people.post')),
                ('token', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='people.token')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('member_list.accepted', 'Members were accepted from a table'), ('agreement.sent', 'An agreement went out for signature'), ('party.signed', 'A party signed an agreement'), ('agreement.in_force', 'An agreement came into force'), ('plan_item.planned', 'An obligation was planned'), ('plan_item.dated', 'An item of the plan got its day, or another one'), ('plan_item.done', 'An item of the plan was done'), ('event.announced', 'An event was announced'), ('event.held', 'An event was closed'), ('group.registered', 'A school reserved seats'), ('group.waiting', 'A school joined the waiting list'), ('group.listed', 'A school listed the children who come'), ('group.given_back', 'A school gave its seats back'), ('place.checked_in', 'A child was checked in'), ('place.check_in_undone', 'A check-in was taken back'), ('batch.issued', 'Certificates were issued'), ('batch.undone', 'Certificates were voided')], max_length=40)),
                ('entry', models.UUIDField()),
                ('subject', models.UUIDField()),
                ('happened_at', models.DateTimeField()),
                ('next_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('held_until', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('tried_at', models.DateTimeField(null=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('fault', models.CharField(blank=True, choices=[('no_address', 'the address cannot be read'), ('not_permitted', 'the operator does not permit this host any more'), ('no_host', 'there is no such host'), ('inner', 'the host leads into an inner network'), ('slow', 'no answer in time'), ('no_trust', 'its certificate is not valid'), ('broken', 'the connection failed'), ('status', 'it answered with an error'), ('no_secret', 'the secret cannot be read any more')], max_length=20)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('given_up_at', models.DateTimeField(null=True)),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='webhooks.subscription')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('delivered_at', None), ('given_up_at', None)), fields=['subscription', 'next_at'], name='deliveries_due')],
                'constraints': [models.UniqueConstraint(fields=('subscription', 'entry', 'kind'), name='happening_is_delivered_once')],
            },
        ),
        wall("webhooks_subscription", read=HOLDER),
    ]
