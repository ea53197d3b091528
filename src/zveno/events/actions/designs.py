"""How an organisation's sheets look."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.models import AwardKind, CertificateDesign, misplaced
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations.models import Organisation


class BadPlaceholder(BadInput):
    """Only what Zveno knows of a sheet stands in braces."""

    code = "bad_placeholder"
    message = _("%(words)s at character %(place)s is not in the list of what may be filled in.")
    field = "words"


class NoSuchDesign(BadInput):
    """Designs and colours are on closed lists."""

    code = "no_such_design"
    message = _("Choose the design and the colour from the lists.")
    field = "look"


@dataclass(frozen=True, slots=True)
class Design:
    """How sheets look and what they say; see ``CertificateDesign``."""

    look: str = CertificateDesign.Look.FRAME
    accent: str = CertificateDesign.Accent.PETROL
    portrait: bool = False
    heading: str = ""
    words: str = ""
    signatory: str = ""
    signatory_post: str = ""


@action(rules.designs, on=Organisation)
def set_design(actor: Actor, organisation: Organisation, *, kind: str, design: Design) -> None:
    """Say how sheets of ``kind`` look from the next issue on; what was issued stays as it is.

    Raises ``NoSuchDesign`` and ``BadPlaceholder``.
    """
    looks, accents = CertificateDesign.Look.values, CertificateDesign.Accent.values
    if kind not in AwardKind.values or design.look not in looks or design.accent not in accents:
        raise NoSuchDesign
    wrong = misplaced(design.words)
    if wrong:
        words, place = wrong
        raise BadPlaceholder(words=words, place=place)
    CertificateDesign.objects.update_or_create(
        organisation=organisation, kind=kind, defaults=asdict(design)
    )
