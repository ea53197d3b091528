"""From the journal to deliveries: what has happened is read where every verb has noted it.

The chain of the journal has no gaps and only what is committed: read on from a place in it,
nothing is passed over, whatever the order in which transactions ended.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Entry, Seal
from zveno.kernel.walls import scoped
from zveno.webhooks.models.deliveries import Delivery, Reading
from zveno.webhooks.models.happenings import SUBJECTS, VERBS, Happening, happenings
from zveno.webhooks.models.subscriptions import Subscription

BATCH = 500


def publish() -> int:
    """Make deliveries of what was sealed since; return how many entries were read.

    Place and deliveries are written in one transaction: killed in between, neither is there.
    """
    with transaction.atomic(), scoped(SYSTEM):
        reading = _reading()
        seals = list(
            Seal.objects.filter(place__gt=reading.place)
            .order_by("place")
            .values_list("place", "entry")[:BATCH]
        )
        if seals:
            _make([entry for _place, entry in seals])
            reading.place = seals[-1][0]
            reading.save(update_fields=["place"])
    return len(seals)


def _reading() -> Reading:
    """Return how far the journal is read, locked; at first all that is there counts as read."""
    Reading.objects.get_or_create(pk=1, defaults={"place": _last()})
    return Reading.objects.select_for_update().get(pk=1)


def _last() -> int:
    return Seal.objects.aggregate(last=Max("place"))["last"] or 0


def _make(sealed: Sequence[UUID]) -> None:
    hearing = list(Subscription.objects.hearing())
    if not hearing or not settings.WEBHOOKS_TO:
        return
    entries = Entry.objects.filter(public_id__in=sealed, verb__in=VERBS).order_by("pk")
    happened = list(happenings(entries))
    made = [one for subscription in hearing for one in _deliveries(subscription, happened)]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)


def _deliveries(subscription: Subscription, happened: Sequence[Happening]) -> Iterator[Delivery]:
    """Make a delivery of each happening it wants since it was made, if its owner may see it."""
    wanted = [
        one for one in happened if one.kind in subscription.kinds and one.at >= subscription.made_at
    ]
    seen = _seen(subscription, wanted)
    for one in wanted:
        subject = seen.get((one.kind.subject, one.subject))
        if subject:
            yield Delivery(
                subscription=subscription,
                kind=one.kind,
                entry=one.entry,
                subject=subject,
                happened_at=one.at,
            )


def _seen(subscription: Subscription, wanted: Sequence[Happening]) -> dict[tuple[str, int], UUID]:
    """Return the public ids of those records that its owner sees."""
    keys: dict[str, set[int]] = defaultdict(set)
    for one in wanted:
        keys[one.kind.subject].add(one.subject)
    reader = subscription.reader()
    seen: dict[tuple[str, int], UUID] = {}
    with scoped(reader):
        for word, of_word in keys.items():
            rows = SUBJECTS[word][0].objects.visible_to(reader).filter(pk__in=of_word)
            seen |= {(word, pk): public_id for pk, public_id in rows.values_list("pk", "public_id")}
    return seen
