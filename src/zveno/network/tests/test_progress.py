"""How far a cluster has come with its agreement: what its coordinator is led to."""

import pytest

from zveno.kernel import clock
from zveno.network.models import Agreement, Cluster, Kind, progress_of
from zveno.network.tests import make

pytestmark = pytest.mark.django_db
State = Agreement.State


@pytest.fixture
def cluster() -> Cluster:
    cluster = make.cluster()
    make.member(cluster)
    return cluster


def test_one_in_force_counts_before_what_was_begun_later(cluster: Cluster) -> None:
    current = make.agreement(cluster, signed=2)
    make.agreement(cluster, state=State.DRAFT, sent_at=None)

    assert progress_of(cluster) == (State.IN_FORCE, 2, 2)
    assert current.state == State.IN_FORCE


def test_of_those_begun_the_newest_that_was_sent_counts(cluster: Cluster) -> None:
    make.agreement(cluster, signed=1)
    make.agreement(cluster)
    make.agreement(cluster, state=State.DRAFT, sent_at=None)

    assert progress_of(cluster) == (State.OUT_FOR_SIGNATURE, 0, 2)


@pytest.mark.parametrize("state", [State.EXPIRED, State.TERMINATED, State.RENEWED])
def test_what_is_over_leads_to_a_new_one(cluster: Cluster, state: str) -> None:
    make.agreement(cluster, state=state, ends_on=clock.today())

    assert progress_of(cluster) is None


def test_an_amendment_is_no_agreement_of_its_own(cluster: Cluster) -> None:
    whole = make.agreement(cluster, state=State.TERMINATED)
    make.agreement(cluster, kind=Kind.AMENDMENT, parent=whole)

    assert progress_of(cluster) is None
