"""Papers somebody looks for: the lines of the books of an office."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from zveno.documents.models.books import Book, Number
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Wanted


def papers_found(actor: Actor, wanted: Wanted, houses: Collection[int]) -> QuerySet[Number]:
    """Return lines of the books of ``houses`` with such a subject or number, the latest first.

    Papers that Zveno drew are found as what they are: by words only those entered by hand are.
    """
    hits = Number.objects.filter(wanted.said("subject"), dated__isnull=False).values("pk")
    if number := wanted.number:
        lines = Number.objects.filter(number=number.ordinal)
        lines = lines.filter(Q(book__kind=Book.Kind.CERTIFICATES) | Q(dated__isnull=False))
        years = Q(book__year=number.year) if number.year else Q()
        hits = hits.union(lines.filter(years).values("pk"))
    rows = Number.objects.visible_to(actor).filter(pk__in=hits)
    rows = rows.filter(book__organisation__in=houses)
    return rows.select_related("book__organisation").order_by("-taken_at", "-pk")
