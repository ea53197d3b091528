"""The questions of the page of a cluster equal those of the ORM they were made from."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model

from zveno.kernel import clock
from zveno.kernel.errors import NotFound
from zveno.network.models import Cluster, Membership, Role, members_now, opened
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def whole(record: Model) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.fields}


def test_a_cluster_is_opened_as_it_is_picked() -> None:
    cluster = make.cluster()
    make.cluster()

    found = opened(cluster.public_id)

    picked = Cluster.objects.select_related("base", "territory").pick(cluster.public_id)
    for one, other in (
        (found, picked),
        (found.base, picked.base),
        (found.territory, picked.territory),
    ):
        assert whole(one) == whole(other)


def test_there_is_no_other_cluster() -> None:
    with pytest.raises(NotFound):
        opened(uuid4())


def test_members_are_those_of_now_the_base_first() -> None:
    cluster, now = make.cluster(), clock.now()
    for since, until, role in (
        (-2, None, Role.MEMBER),
        (-2, 1, Role.METHODICAL_OPERATOR),
        (-2, -1, Role.MEMBER),
        (1, None, Role.MEMBER),
    ):
        times = {"since": now + since * DAY, "until": until and now + until * DAY}
        school = organisations.school()
        Membership.objects.create(cluster=cluster, organisation=school, role=role, **times)
    make.cluster()

    found = members_now(cluster)

    live = Membership.objects.filter(cluster=cluster).live().base_first()
    asked = list(live.select_related("organisation"))
    assert [one.role for one in found] == [Role.BASE, Role.METHODICAL_OPERATOR, Role.MEMBER]
    assert [whole(one) for one in found] == [whole(one) for one in asked]
    houses = [whole(one.organisation) for one in found]
    assert houses == [whole(one.organisation) for one in asked]
