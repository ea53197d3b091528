"""Verbs: the minutes of a meeting are written, and corrected as a new version of them."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.correspondence import rules
from zveno.correspondence.models import Decision, Item, Meeting, Minutes
from zveno.correspondence.models.meeting_notices import is_written
from zveno.correspondence.models.minutes_paper import paper_of
from zveno.documents.actions import Upload, store_file, take_numbers
from zveno.documents.models import Book, Number, Paper
from zveno.kernel import clock, engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network.actions import CannotBePrinted
from zveno.people.actions import Assignment, give_task, settle_origin
from zveno.people.models import SPEAKING, Post, notify, tell_person

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class NotYetHeld(DomainError):
    """Minutes are of a meeting that has begun and was not cancelled."""

    code = "meeting_not_held"
    message = _("This meeting has not begun or is cancelled: there is nothing to record yet.")


class MinutesChanged(DomainError):
    """Somebody has written minutes since they were shown."""

    code = "minutes_changed"
    message = _("Somebody has written these minutes meanwhile. Open them and compare.")


class CorrectionUnexplained(BadInput):
    """Who corrects minutes says why."""

    code = "correction_unexplained"
    message = _("Say what is corrected and why: it stands in the new version.")
    field = "reason"


class NobodyCarriesOut(BadInput):
    """A decision has an owner who holds a post now, and a day; or neither."""

    code = "nobody_carries_out"
    message = _("Choose who carries the decision out now, and by which day: “%(text)s”.")


class OtherAgenda(BadInput):
    """Minutes tell of each item of the agenda once."""

    code = "other_agenda"
    message = _("The agenda has changed. Reload the page.")


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision; ``post`` carries it out until ``due``. ``key`` tells it from all others."""

    key: UUID
    text: str
    post: UUID | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard on an item of the agenda and what was decided."""

    item: UUID
    heard: str = ""
    decisions: Sequence[Decided] = ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """What minutes tell; ``came`` are rows of the invited, ``others`` came besides.

    ``seen`` is the version this one corrects (0 for none), ``reason`` says why.
    """

    chair: str
    secretary: str
    came: Sequence[UUID]
    heard: Sequence[Heard]
    others: str = ""
    seen: int = 0
    reason: str = ""


@action(rules.leads_meeting, on=Meeting, lock=True)
def write_minutes(actor: Actor, meeting: Meeting, *, protocol: Protocol) -> Minutes:
    """Write the minutes of a meeting, or a new version of them; decisions become tasks.

    PDF and DOCX are drawn once and sent to the invited; the number is of the book of minutes.
    Where nothing is another than in the last version, that is returned. Raises ``NotYetHeld``,
    ``MinutesChanged``, ``CorrectionUnexplained``, ``OtherAgenda``, ``NobodyCarriesOut`` and
    ``CannotBePrinted``.
    """
    if meeting.cancelled_at or not meeting.has_begun:
        raise NotYetHeld
    last = meeting.minutes.select_related("number__book").order_by("-version").first()
    posts = _posts(meeting, protocol)
    content = _content(meeting, protocol, posts)
    if last and last.content == content:
        return last
    version = last.version if last else 0
    if protocol.seen != version:
        raise MinutesChanged
    if last and not protocol.reason:
        raise CorrectionUnexplained
    minutes = Minutes(
        meeting=meeting,
        version=version + 1,
        number=last.number if last else _number(actor, meeting),
        content=content,
        reason=protocol.reason if last else "",
    )
    minutes.paper = _drawn(actor, minutes)
    minutes.save()
    _decide(actor, meeting, protocol, posts)
    _tell(actor, minutes)
    return minutes


def _posts(meeting: Meeting, protocol: Protocol) -> dict[UUID, Post]:
    """Return the owners of decisions: people of the base organisation and of the invited."""
    asked = [one.post for heard in protocol.heard for one in heard.decisions if one.post]
    houses = meeting.invited.values("organisation")
    rows = Post.objects.filter(public_id__in=asked).select_related("person", "organisation")
    known = rows.filter(organisation__in=houses) | rows.filter(organisation=meeting.cluster.base_id)
    return {post.public_id: post for post in known}


def _content(meeting: Meeting, protocol: Protocol, posts: Mapping[UUID, Post]) -> dict[str, Any]:
    """Put down in plain words and keys what the minutes tell, with the names of this day."""
    items = list(meeting.items.all())
    if [item.public_id for item in items] != [heard.item for heard in protocol.heard]:
        raise OtherAgenda
    came = meeting.invited.filter(public_id__in=protocol.came).in_order()
    return {
        "chair": protocol.chair,
        "secretary": protocol.secretary,
        "came": [[str(one.public_id), str(one)] for one in came],
        "others": protocol.others,
        "items": [
            _told(item, heard, posts) for item, heard in zip(items, protocol.heard, strict=True)
        ],
    }


def _told(item: Item, heard: Heard, posts: Mapping[UUID, Post]) -> dict[str, Any]:
    return {
        "key": str(item.public_id),
        "text": item.text,
        "reporter": item.reporter,
        "heard": heard.heard,
        "decisions": [_decided(one, posts) for one in heard.decisions],
    }


def _decided(one: Decided, posts: Mapping[UUID, Post]) -> dict[str, str]:
    post = posts.get(one.post) if one.post else None
    if (one.post and post is None) or (post is None) != (one.due is None):
        raise NobodyCarriesOut(text=one.text)
    said = {name: str(value or "") for name, value in asdict(one).items()}
    return said | {"who": f"{post.person.short_name}, {post.organisation}" if post else ""}


def _number(actor: Actor, meeting: Meeting) -> Number:
    """Take the next number of the book of the year in which the meeting was held."""
    [number] = take_numbers(
        actor,
        meeting.cluster.base.public_id,
        kind=Book.Kind.MINUTES,
        year=timezone.localdate(meeting.begins_at).year,
        subjects=[meeting.subject],
    )
    return number


def _drawn(actor: Actor, minutes: Minutes) -> Paper:
    meeting = minutes.meeting
    base, draw = meeting.cluster.base, paper_of(minutes)
    try:
        drawn = engines.run("papers", {"draw": draw, "formats": list(TYPES)})
    except engines.EngineRefused as refusal:
        raise CannotBePrinted from refusal
    invited = meeting.invited.exclude(organisation=base)
    readers = sorted(set(invited.values_list("organisation", flat=True)))
    title = f"{draw['title']} {minutes.number.printed.replace('/', '-')}"[:150]
    files = {
        kind: store_file(
            actor,
            base.public_id,
            upload=Upload(f"{title}.{kind}", media_type, base64.b64decode(drawn[kind])),
            readers=readers,
        )
        for kind, media_type in TYPES.items()
    }
    return Paper.objects.create(owner=base, content={"draw": draw}, **files)


def _decide(actor: Actor, meeting: Meeting, protocol: Protocol, posts: Mapping[UUID, Post]) -> None:
    """Let the decisions that stand be those of this version; tasks follow them."""
    before = {one.public_id: one for one in meeting.decisions.standing().select_related("post")}
    items = {item.public_id: item for item in meeting.items.all()}
    for heard in protocol.heard:
        for place, one in enumerate(heard.decisions, start=1):
            old = before.pop(one.key, None)
            post = posts.get(one.post) if one.post else None
            facts = {"item": items[heard.item], "place": place, "text": one.text}
            _put(actor, meeting, old, facts | {"post": post, "due": one.due, "key": one.key})
    for gone in before.values():
        gone.withdrawn_at = clock.now()
        gone.save(update_fields=["withdrawn_at"])
        _settle(actor, gone.post, gone)


def _put(actor: Actor, meeting: Meeting, old: Decision | None, facts: dict[str, Any]) -> None:
    key, same = facts.pop("key"), ("text", "post", "due")
    if old and all(getattr(old, name) == facts[name] for name in same):
        Decision.objects.filter(pk=old.pk).update(item=facts["item"], place=facts["place"])
        return
    if old is None:
        made = Decision.objects.create(public_id=key, meeting=meeting, **facts)
    else:
        made, before = old, old.post
        for name, value in facts.items():
            setattr(made, name, value)
        made.save(update_fields=list(facts))
        if before and (made.post is None or before.organisation_id != made.post.organisation_id):
            _settle(actor, before, made)
    if made.post:
        _give(actor, made, made.post)


def _give(actor: Actor, decision: Decision, post: Post) -> None:
    """Let the owner of a decision have it as a task. Raises ``NobodyCarriesOut``."""
    if not post.is_live or decision.due is None:
        raise NobodyCarriesOut(text=decision.text)
    meeting = decision.meeting
    task = Assignment(
        text=decision.text,
        due=decision.due,
        post=post,
        origin=decision.origin,
        url=f"/meetings/{meeting.public_id}/",
        giver=meeting.cluster.base,
    )
    give_task(actor, post.organisation.public_id, task=task)


def _settle(actor: Actor, post: Post | None, decision: Decision) -> None:
    """Let a decision that is withdrawn, or goes to another house, be nobody's task there."""
    if post:
        settle_origin(actor, post.organisation.public_id, origin=decision.origin, dropped=True)


def _tell(actor: Actor, minutes: Minutes) -> None:
    telling = is_written(minutes)
    rows = minutes.meeting.invited.in_order()
    houses = {one.organisation_id for one in rows if one.post is None}
    notify(actor, telling, houses, SPEAKING)
    for one in rows:
        if one.post and one.post.person_id != actor.person:
            tell_person(one.post.person_id, telling)
