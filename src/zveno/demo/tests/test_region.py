"""The region of the demonstration: 32 organisations, nine clusters, agreements in every state."""

import pytest

from zveno.demo.management import region
from zveno.kernel.models import Letter
from zveno.network.models import Agreement, Cluster, Kind, Membership, Party
from zveno.organisations.models import Organisation
from zveno.people.models import Person, Post

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NAMED = {
    *("Машиностроение", "Химическая отрасль", "Металлургия", "Строительство", "Транспорт"),
    *("Сельское хозяйство", "Туризм", "Образование"),
}
INVENTED = {"Энергетика (название условное)"}
State = Agreement.State


def test_it_is_whole_and_invented_where_it_says_so() -> None:
    region.tell()

    assert set(Cluster.objects.values_list("name", flat=True)) == NAMED | INVENTED
    members = Membership.objects.exclude(organisation__kind=Organisation.Kind.EMPLOYER)
    assert members.values("organisation").distinct().count() == 32
    assert Organisation.objects.filter(kind=Organisation.Kind.SECTOR_CENTRE).count() == 1
    assert Cluster.objects.get(kind=Cluster.Kind.MENTOR).base.name == (
        "Волгоградский политехнический колледж"
    )
    states = set(Agreement.objects.values_list("state", flat=True))
    assert states == set(State)
    assert Party.objects.exclude(refusal="").count() == 1
    assert set(Agreement.objects.values_list("kind", flat=True)) == set(Kind.values)
    joined = Party.objects.exclude(joined_by=None).get()
    assert joined.organisation.kind == Organisation.Kind.EMPLOYER
    assert joined.role == "partner"
    _is_invented()


def _is_invented() -> None:
    names = {one.name for one in Organisation.objects.all() if "(пример)" not in one.name}
    assert names == {"Волгоградский политехнический колледж"}
    assert {one.inn[:2] for one in Organisation.objects.all()} == {"00"}
    for post in Post.objects.select_related("organisation"):
        assert "(пример)" in post.title
    addresses = [
        *Person.objects.exclude(email="").values_list("email", flat=True),
        *Organisation.objects.exclude(email="").values_list("email", flat=True),
        *Letter.objects.values_list("to", flat=True),
    ]
    assert {address.partition("@")[2] for address in addresses} == {"example.org"}
