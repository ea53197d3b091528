"""Verbs: an organisation keeps its children by initials only, or names again from now on."""

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.learners import rules
from zveno.learners.models import InitialsOnly, Learner, Transfer, initial, name_key
from zveno.organisations.models import Organisation

NAMES = ("family_name", "given_name", "patronymic")
AT_ONCE = 1000


@action(rules.answers_for_children, on=Organisation, lock=True)
def keep_initials(actor: Actor, organisation: Organisation) -> int:
    """Keep children by initials from now on; return how many names were shortened, for good."""
    children = Learner.objects.filter(owner=organisation).select_for_update().order_by("pk")
    whole = [child for child in children if _shorten(child)]
    Learner.objects.bulk_update(whole, [*NAMES, "name_key"], batch_size=AT_ONCE)
    offers = list(Transfer.objects.filter(learner__in=whole, state=Transfer.State.OFFERED))
    shortened = {child.pk: child for child in whole}
    for offer in offers:
        offer.shown = shortened[offer.learner_id or 0].door_name
    Transfer.objects.bulk_update(offers, ["shown"])
    InitialsOnly.objects.get_or_create(organisation=organisation)
    return len(whole)


@action(rules.answers_for_children, on=Organisation, lock=True)
def keep_names(actor: Actor, organisation: Organisation) -> None:
    """Let names be entered whole again; those kept by initials stay so."""
    InitialsOnly.objects.filter(organisation=organisation).delete()


def _shorten(child: Learner) -> bool:
    """Leave initials of a name; say whether there was more."""
    short = [initial(getattr(child, part)) for part in NAMES]
    if short == [getattr(child, part) for part in NAMES]:
        return False
    child.family_name, child.given_name, child.patronymic = short
    child.name_key = name_key(child.family_name, child.given_name)
    return True
