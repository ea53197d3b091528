"""Invitations, eleven roles, standing in for a while.

Somebody invited reads their own name before there is an account; an organisation takes over what
its steward entered about its people.
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models

import zveno.kernel.clock
from zveno.kernel.walls import listed, ours

INVITED = f"""EXISTS (
    SELECT FROM people_invitation i JOIN people_post p ON p.id = i.post_id
    WHERE p.person_id = people_person.id AND {listed("people.Invitation", "i.id")})"""
TAKEN_OVER = f"""EXISTS (
    SELECT FROM people_post p JOIN organisations_organisation o ON o.id = p.organisation_id
    WHERE p.person_id = people_person.id AND {ours("o.id")}
    AND people_person.owner_id = o.steward_id)"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_tokens'),
    ]

    operations = [
        migrations.AddField(
            model_name='post',
            name='stands_in_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stand_ins', to='people.post'),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(choices=[('head', 'head of the organisation'), ('coordinator', 'cluster coordinator'), ('methodist', 'methodist'), ('representative', 'representative'), ('school_representative', 'school representative'), ('kindergarten_representative', 'kindergarten representative'), ('employer_representative', 'employer representative'), ('teacher', 'teacher'), ('lab_head', 'head of a laboratory'), ('training_clerk', 'training clerk'), ('regional_authority', 'regional authority'), ('auditor', 'auditor'), ('operator', 'operator')], max_length=30),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('made_at', models.DateTimeField(default=zveno.kernel.clock.now)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('link', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.link')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='people.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(
            f"""CREATE POLICY is_invited ON people_person FOR SELECT USING ({INVITED});
            CREATE POLICY is_taken_over ON people_person FOR UPDATE
                USING ({TAKEN_OVER}) WITH CHECK ({ours("owner_id")})""",
            """DROP POLICY is_invited ON people_person;
            DROP POLICY is_taken_over ON people_person""",
        ),
    ]
