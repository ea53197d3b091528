"""What waits of letters: to be read and answered by a member, to be asked after by who wrote."""

from collections.abc import Iterator
from itertools import groupby, islice

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.correspondence.models import coordinated, spoken_for
from zveno.desk.models import Todo, questions
from zveno.desk.models.questions import Unanswered
from zveno.kernel import clock
from zveno.kernel.actor import Actor

NAMED = 3
MOST = 200


def waits(actor: Actor) -> Iterator[Todo]:
    """Tell of letters that nobody has opened or answered here, and of answers that are late."""
    own = spoken_for(actor)
    if not own:
        return
    found = questions.open_letters(own, coordinated(actor), MOST)
    yield from islice((_received(one) for one in found if one.mine), NAMED)
    late = groupby((one for one in found if not one.mine), key=lambda one: one.letter)
    yield from islice((_late(list(members)) for _letter, members in late), NAMED)


def _received(one: Unanswered) -> Todo:
    words = [_("Letter from %(name)s.") % {"name": one.sender}]
    if one.due:
        words.append(_("Answer by %(day)s.") % {"day": date_format(one.due, "j E")})
    words.append(_("2 minutes") if one.awaits else _("1 minute"))
    return Todo(
        "letter",
        one.subject,
        " ".join(words),
        reverse("correspondence:received", args=[one.place]),
        _("Answer") if one.read else _("Open the letter"),
        "mail",
        burns=one.due is not None and one.due <= clock.today(),
    )


def _late(members: list[Unanswered]) -> Todo:
    number = len(members)
    words = ngettext(
        "%(number)s member has not answered in time. Remind them. 1 minute",
        "%(number)s members have not answered in time. Remind them. 1 minute",
        number,
    )
    return Todo(
        "letter",
        members[0].subject,
        words % {"number": number},
        reverse("correspondence:letter", args=[members[0].letter]),
        _("See who has not answered"),
        "mail",
    )
