"""What was signed and reported before is told to the ties."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


TELL = """
INSERT INTO network_deed (public_id, cluster_id, organisation_id, what, source, day, children)
SELECT gen_random_uuid(), a.cluster_id, p.organisation_id, 'signature', 'network.Party:' || p.id,
    p.signed_at::date, 0
FROM network_party p JOIN network_agreement a ON a.id = p.agreement_id
WHERE p.signed_at IS NOT NULL;
INSERT INTO network_deed (public_id, cluster_id, organisation_id, what, source, day, children)
SELECT gen_random_uuid(), a.cluster_id, f.by_id, 'report', f.source, f.day, 0
FROM network_fulfilment f JOIN network_obligation o ON o.id = f.obligation_id
    JOIN network_agreement a ON a.id = o.agreement_id
WHERE f.by_id IS NOT NULL AND f.amount > 0
ON CONFLICT DO NOTHING;
INSERT INTO network_tie (public_id, cluster_id, organisation_id, events, last_on, last_what)
SELECT gen_random_uuid(), cluster_id, organisation_id, 0, max(day),
    (array_agg(what ORDER BY day DESC, id DESC))[1]
FROM network_deed GROUP BY cluster_id, organisation_id;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0006_memberships'),
        ('organisations', '0005_units'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('what', models.CharField(choices=[('event', 'took part in an event'), ('signature', 'signed an agreement'), ('answer', 'answered'), ('report', 'reported what is done')], max_length=20)),
                ('source', models.CharField(max_length=80)),
                ('day', models.DateField()),
                ('children', models.PositiveIntegerField(default=0)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deeds', to='network.cluster')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cluster', 'organisation', 'source'), name='source_tells_of_a_deed_once')],
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('events', models.PositiveIntegerField(default=0)),
                ('last_on', models.DateField(null=True)),
                ('last_what', models.CharField(blank=True, choices=[('event', 'took part in an event'), ('signature', 'signed an agreement'), ('answer', 'answered'), ('report', 'reported what is done')], max_length=20)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='network.cluster')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('cluster', 'organisation'), name='one_tie_of_an_organisation_to_a_cluster')],
            },
        ),
        migrations.RunSQL(TELL, migrations.RunSQL.noop),
    ]
