"""The cards of the page of a family: a document, what was answered to it, what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.learners.models import CONSENT_TEXTS, Consent, Guardian, Purpose, Text, who_must

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Words:
    """What the card of a document says; ``%(name)s`` is the child's given name."""

    title: "StrPromise"
    lead: "StrPromise"
    yes: "StrPromise"
    no: "StrPromise"
    given: "StrPromise"
    refused: "StrPromise"
    after: "StrPromise"


WORDS = {
    Purpose.PARTICIPATION: Words(
        _("Taking part"),
        _("Without it nobody but the school may see %(name)s."),
        _("I allow taking part"),
        _("I do not allow it, %(name)s will not go"),
        _("You have allowed taking part"),
        _("%(name)s does not take part"),
        _("The school sees only “no consent”. The seat goes to another child."),
    ),
    Purpose.PUBLICATION: Words(
        _("Photo and video"),
        _("A separate document. If you refuse, %(name)s goes all the same."),
        _("Pictures may be taken"),
        _("No pictures, but goes"),
        _("Pictures are allowed"),
        _("No pictures will be taken"),
        _("%(name)s takes part like everyone. Whoever meets the children sees a mark for it."),
    ),
    Purpose.TRIP: Words(
        _("Trips with a group"),
        _("A separate document. You may answer it later, before the first trip."),
        _("I allow trips"),
        _("I do not allow trips"),
        _("You have allowed trips"),
        _("%(name)s does not travel with a group"),
        _("Events that need no trip stay open."),
    ),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A document and what has been answered to it, as its card shows it."""

    number: int
    text: Text
    document: str
    words: Words
    child: str
    mine: Consent | None
    on_paper: bool
    others_refused: bool
    waits_for: str

    @property
    def purpose(self) -> Purpose:
        """What it is about."""
        return self.text.purpose

    def say(self, words: "StrPromise") -> str:
        """Put the child's given name where the words have a gap."""
        return words % {"name": self.child}

    @property
    def lead(self) -> str:
        """Say what depends on it."""
        return self.say(self.words.lead)

    @property
    def no(self) -> str:
        """Say what the button of a refusal says."""
        return self.say(self.words.no)

    @property
    def refused(self) -> str:
        """Say what a refusal means."""
        return self.say(self.words.refused)

    @property
    def after(self) -> str:
        """Say what follows from a refusal."""
        return self.say(self.words.after)

    @property
    def state(self) -> str:
        """Say what to show: the question, a consent or a refusal."""
        if self.mine:
            return "refused" if self.mine.refused else "given"
        return "paper" if self.on_paper else "asked"


def decisions(guardian: Guardian, answers: Sequence[Consent]) -> list[Decision]:
    """Make a card of each document out of the standing answers about the guardian's child."""
    return [
        _decision(number, text, guardian, [one for one in answers if one.purpose == text.purpose])
        for number, text in enumerate(CONSENT_TEXTS.values(), 1)
    ]


def _decision(number: int, text: Text, guardian: Guardian, answers: list[Consent]) -> Decision:
    others = [one for one in answers if one.guardian_id != guardian.pk]
    given = {one.signed_by for one in answers if not one.refused}
    must = who_must(guardian.learner, clock.today())
    missing = [] if Consent.Signer.BOTH in given else sorted(must - given)
    return Decision(
        number=number,
        text=text,
        document=text.given_to(guardian.owner.name),
        words=WORDS[text.purpose],
        child=guardian.learner.given_name,
        mine=next((one for one in answers if one.guardian_id == guardian.pk), None),
        on_paper=any(one.guardian_id is None and not one.refused for one in others),
        others_refused=any(one.refused for one in others),
        waits_for=missing[0] if given and len(missing) == 1 else "",
    )
