"""In a cluster that another one took up no agreement goes out, nothing is drawn to one in force."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from zveno.kernel import clock
from zveno.kernel.models import Letter
from zveno.network import actions
from zveno.network.actions import Amended, Terms
from zveno.network.models import Agreement, ClusterClosed
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import coordinator_of, draft
from zveno.network.tests.visitors import visitor

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def close(agreement: Agreement) -> str:
    """Let another cluster of the same base take the one of an agreement up; return its name."""
    heir, actor = make.cluster(agreement.cluster.base), coordinator_of(agreement)
    key, day = agreement.cluster.public_id, clock.today()
    actions.merge_cluster(actor, key, into=heir.public_id, day=day)
    return heir.name


def ending() -> Agreement:
    """Make an agreement in force that may be joined, amended and renewed."""
    cluster, today = make.cluster(), clock.today()
    make.member(cluster)
    days = {"dated": today - YEAR, "valid_until": today + YEAR / 12}
    return make.agreement(cluster, signed=2, auto_renew=False, **days)


def test_a_draft_is_not_sent_and_the_heir_is_named() -> None:
    one = draft()
    heir = close(one)
    client = visitor(one.cluster.base, "coordinator")
    send = reverse("network:send_agreement", args=[one.public_id])

    with pytest.raises(ClusterClosed) as refused:
        actions.send_agreement(coordinator_of(one), one.public_id)

    assert heir in str(refused.value)
    answer = client.post(send)
    assert (answer.status_code, heir in answer.text) == (409, True)
    for name in ("agreement", "agreement_text"):
        shown = client.get(reverse(f"network:{name}", args=[one.public_id])).text
        assert send not in shown
        assert reverse("network:reforms", args=[one.cluster.public_id]) in shown
    one.refresh_from_db()
    assert (one.state, Letter.objects.count()) == ("draft", 0)
    assert one.title not in client.get("/").text
    actions.drop_agreement(coordinator_of(one), one.public_id)


def test_nothing_is_drawn_to_an_agreement_in_force() -> None:
    one, today = ending(), clock.today()
    close(one)
    terms = Terms("Соглашение", "Псков", today, today + YEAR)
    refused: list[tuple[Any, dict[str, Any]]] = [
        (actions.start_accession, {"newcomer": one.cluster.base.public_id}),
        (actions.start_amendment, {"changes": [Amended("1", "Новое приложение")]}),
        (actions.renew_agreement, {"terms": terms}),
    ]

    for verb, details in refused:
        with pytest.raises(ClusterClosed):
            verb(coordinator_of(one), one.public_id, **details)
    client = visitor(one.cluster.base, "coordinator")
    shown = client.get(reverse("network:agreement", args=[one.public_id])).text
    for name in ("accede", "amend", "renew"):
        page = reverse(f"network:{name}", args=[one.public_id])
        assert page not in shown
        assert client.get(page).status_code == 409
    assert list(Agreement.objects.to_renew()) == []


def test_another_cluster_may_still_do_all_of_it() -> None:
    one = ending()
    shown = visitor(one.cluster.base, "coordinator").get(
        reverse("network:agreement", args=[one.public_id])
    )

    for name in ("accede", "amend", "renew"):
        assert reverse(f"network:{name}", args=[one.public_id]) in shown.text
