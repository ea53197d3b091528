"""Requests done under a key: seen by the person whose token did them."""

from django.db import migrations, models

from zveno.kernel.walls import SYSTEM, wall


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_erasures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Repeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.BigIntegerField()),
                ('credential', models.BigIntegerField()),
                ('key_hash', models.CharField(max_length=64)),
                ('request_hash', models.CharField(max_length=64)),
                ('made', models.UUIDField(null=True)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('credential', 'key_hash'), name='key_is_used_once')],
            },
        ),
        wall("kernel_repeat", read=f"person = (SELECT zveno_person()) OR {SYSTEM}"),
    ]
