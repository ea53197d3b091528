"""Processing of children's data is assigned with the agreement that sends them."""

from zveno.network.models import Agreement, Assignment, Party
from zveno.network.models.assigning import assigned


def _assign(agreement: Agreement) -> list[Assignment]:
    """Let the assignments of a draft be those its parties give by their sides; return them."""
    parties = list(agreement.parties.select_related("organisation").order_by("place"))
    wanted = {(one.pk, other.pk) for one, other in assigned(agreement.shape, parties)}
    there = {(one.operator_id, one.processor_id): one for one in Assignment.objects.of(agreement)}
    gone = [one.pk for pair, one in there.items() if pair not in wanted]
    Assignment.objects.filter(pk__in=gone).delete()
    Assignment.objects.bulk_create(
        [Assignment(operator_id=one, processor_id=other) for one, other in wanted - set(there)]
    )
    return list(Assignment.objects.of(agreement))


def _assign_by_sheet(agreement: Agreement, newcomer: Party) -> None:
    """Let who has joined by a sheet assign as the others do, if the text assigns at all."""
    if not Assignment.objects.of(agreement).exists():
        return
    parties = list(agreement.parties.select_related("organisation").order_by("place"))
    Assignment.objects.bulk_create(
        Assignment(operator=one, processor=other)
        for one, other in assigned(agreement.shape, parties)
        if newcomer in {one, other}
    )
