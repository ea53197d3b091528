# Wishes of members for a plan.

import django.db.models.deletion
import uuid
import zveno.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0027_reviews'),
        ('organisations', '0007_finding'),
        ('plan', '0005_left_clashes'),
    ]

    operations = [
        migrations.CreateModel(
            name='WishRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('until', models.DateField()),
                ('text', models.CharField(blank=True, max_length=400)),
                ('opened_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wish_rounds', to='network.cluster')),
            ],
        ),
        migrations.CreateModel(
            name='Wisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('mailed', models.PositiveSmallIntegerField(default=0)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishers', to='plan.wishround')),
            ],
        ),
        migrations.CreateModel(
            name='Wish',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('audience', models.CharField(blank=True, max_length=200)),
                ('month', models.PositiveSmallIntegerField()),
                ('hosts', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=400)),
                ('said_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('declined_why', models.CharField(blank=True, max_length=400)),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='wishes', to='plan.planitem')),
                ('wisher', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wishes', to='plan.wisher')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('month__range', (1, 12))), name='wish_has_a_month'), models.CheckConstraint(condition=models.Q(('item', None), ('declined_why', ''), _connector='OR'), name='planned_wish_is_not_declined')],
            },
        ),
        migrations.AddConstraint(
            model_name='wishround',
            constraint=models.UniqueConstraint(fields=('cluster', 'year'), name='one_round_of_wishes_a_year'),
        ),
        migrations.AddConstraint(
            model_name='wisher',
            constraint=models.UniqueConstraint(fields=('round', 'organisation'), name='member_is_asked_for_wishes_once'),
        ),
    ]
