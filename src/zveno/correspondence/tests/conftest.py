"""The cluster that tests of this room are about, and a school in it."""

import pytest

from zveno.network.models import Cluster
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation


@pytest.fixture
def cluster() -> Cluster:
    """Make a cluster; its base coordinates it."""
    return network.cluster()


@pytest.fixture
def school(cluster: Cluster) -> Organisation:
    """Make a school that is in it."""
    return network.member(cluster)
