"""Representatives become those of schools, kindergartens and employers, as their organisations are."""

from django.db import migrations

NAMED = """
UPDATE people_post AS p SET role = CASE o.kind
    WHEN 'school' THEN 'school_representative'
    WHEN 'preschool' THEN 'kindergarten_representative'
    ELSE 'employer_representative' END
FROM organisations_organisation AS o
WHERE o.id = p.organisation_id AND p.role = 'representative'
AND o.kind IN ('school', 'preschool', 'employer')
"""
NAMELESS = """
UPDATE people_post SET role = 'representative' WHERE role IN
('school_representative', 'kindergarten_representative', 'employer_representative')
"""


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0002_russia"),
        ("people", "0006_invitations"),
    ]

    operations = [migrations.RunSQL(NAMED, NAMELESS)]
