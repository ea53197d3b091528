"""How names and posts are written in cases, as somebody typed it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from zveno.documents import rules
from zveno.documents.models import CASES, Declension, tidy
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations.models import Organisation


class NothingSaid(BadInput):
    """Words are remembered with one case at least."""

    code = "nothing_said"
    message = _("Fill in at least one case.")
    field = "genitive"


@action(rules.keeps_papers, on=Organisation, consequence=True)
def remember_form(
    actor: Actor, organisation: Organisation, *, kind: str, text: str, forms: Mapping[str, str]
) -> Declension:
    """Remember how words of a ``Declension.Kind`` are written in ``CASES``, for all papers to come.

    A case that is not given stays as it was said before. Raises ``NothingSaid``.
    """
    said = {case: tidy(kind, forms[case]) for case in CASES if case in forms}
    before = Declension.objects.filter(owner=organisation, kind=kind, text=tidy(kind, text))
    kept = {case: form for row in before.select_for_update() for case, form in row.forms.items()}
    if not any((kept | said).values()):
        raise NothingSaid
    row, _made = Declension.objects.update_or_create(
        owner=organisation,
        kind=kind,
        text=tidy(kind, text),
        defaults=said | {"said_at": clock.now()},
    )
    return row


@action(rules.keeps_declension, on=Declension, consequence=True)
def forget_form(actor: Actor, declension: Declension) -> None:
    """Leave words to Zveno again."""
    declension.delete()
