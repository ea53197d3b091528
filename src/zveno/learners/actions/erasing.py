"""The one door by which a child's row disappears, by hand with an act, by the clock itself."""

import base64
import csv
import io
from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CASCADE, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file
from zveno.documents.models import Paper
from zveno.kernel import engines
from zveno.kernel.actions import action, running
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput, DomainError, NotFound
from zveno.kernel.jobs import later
from zveno.kernel.walls import scoped
from zveno.learners import rules
from zveno.learners.actions.subject import FileNotDrawn
from zveno.learners.models import (
    AT_ONCE,
    CATEGORIES,
    FORGETTING,
    REASONS,
    Destruction,
    Hold,
    Learner,
    Tombstone,
    act_of,
    among,
    in_words,
    relations_of_a_child,
)
from zveno.network.actions.drawing import TYPES
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.ui.sheets import harmless

MOST = 200


class ErasureHeld(DomainError):
    """Somebody has said, with a reason, that this must stay for now."""

    code = "erasure_held"
    message = _("A hold stops erasure until %(until)s. Lift the hold first.")


class NoSuchReason(BadInput):
    """Data are destroyed for one of a few reasons."""

    code = "no_such_reason"
    message = _("Choose why the data are destroyed.")
    field = "why"


class TooManyAtOnce(BadInput):
    """A person destroys as many as can be looked over."""

    code = "too_many_at_once"
    message = _("Choose at most %(most)s children at once.")
    field = "learners"


@action(rules.answers_for, on=Learner, consequence=True)
def erase_learner(actor: Actor, learner: Learner, *, why: str) -> Tombstone:
    """Erase a child with all that is kept about it; a tombstone counts what went.

    Raises ``ErasureHeld``, and ``NotFound`` if somebody has erased it at this moment.
    """
    keys = _still(Learner.objects.all(), [learner.pk])
    if not keys:
        raise NotFound
    return _erase(learner.owner, keys, why)


@action(rules.answers_for_children, on=Organisation, consequence=True)
def erase_learners(
    actor: Actor, organisation: Organisation, *, learners: Collection[int], why: str
) -> Tombstone:
    """Erase children (keys) of the organisation like ``erase_learner``.

    Raises ``NotFound`` if there is none of them, and ``ErasureHeld``.
    """
    keys = _still(Learner.objects.filter(owner=organisation), learners)
    if not keys:
        raise NotFound
    return _erase(organisation, keys, why)


@action(rules.is_system, on=Organisation, lock=True)
def tend_retention(actor: Actor, organisation: Organisation, *, category: str) -> bool:
    """Erase what is due in a category of the organisation, some at once; tell if more may wait."""
    kind = CATEGORIES[category]
    due = kind.over().filter(**{kind.owner: organisation}).order_by("pk")
    keys = list(due.values_list("pk", flat=True)[:AT_ONCE])
    if kind.are_children:
        # A consent may have come since the question: who has a ground by now stays.
        if still := _still(due, keys):
            blank = Destruction(who=gettext("Zveno, by itself"), why=category)
            act = _destroy(organisation, still, blank)
            later(draw_act, actor, act.public_id)
    elif keys:
        gone = _counted(kind.erase(due.model.objects.filter(pk__in=keys)))
        Tombstone.objects.create(owner=organisation, why=category, number=len(keys), counts=gone)
    return len(keys) == AT_ONCE


@action(rules.answers_for_children, on=Organisation, lock=True)
def destroy(
    actor: Actor, organisation: Organisation, *, learners: Collection[UUID], why: str
) -> Destruction:
    """Erase children (public ids) of the organisation and draw the act of it.

    Raises ``NotFound`` if there is none of them, ``NoSuchReason``, ``TooManyAtOnce`` and
    ``ErasureHeld``.
    """
    if why not in REASONS:
        raise NoSuchReason
    if len(learners) > MOST:
        raise TooManyAtOnce(most=MOST)
    own = Learner.objects.filter(owner=organisation)
    named = own.filter(public_id__in=learners).values_list("pk", flat=True)
    keys = _still(own, list(named))
    if not keys:
        raise NotFound
    act = _destroy(organisation, keys, Destruction(who=_who(actor, organisation), why=why))
    _draw(actor, act)
    return act


@action(rules.draws_act, on=Destruction, lock=True)
def draw_act(actor: Actor, act: Destruction) -> None:
    """Draw an act that has no file yet, with its extract of the journal."""
    if act.paper_id is None:
        _draw(actor, act)


def _who(actor: Actor, organisation: Organisation) -> str:
    """Name who acts, with the post held there, as an act tells it."""
    held = Post.objects.live().filter(person=actor.person, organisation=organisation)
    post = held.select_related("person").order_by("pk").first()
    return f"{post}, {post.person}" if post else gettext("Zveno, by itself")


def _still(rows: "QuerySet[Any]", keys: Collection[int]) -> list[int]:
    """Lock children (keys) in one order; return those that are among ``rows`` even now.

    Who is being met, listed, agreed to or held at this moment is so before, or never.
    """
    with scoped(SYSTEM):
        locked = Learner.objects.filter(pk__in=among(keys)).order_by("pk").select_for_update()
        list(locked.values_list("pk"))
        return list(rows.filter(pk__in=among(keys)).order_by("pk").values_list("pk", flat=True))


def _destroy(organisation: Organisation, keys: Collection[int], act: Destruction) -> Destruction:
    """Erase children and keep the act of it: keys and classes, what went, who, why."""
    with scoped(SYSTEM):
        gone = Learner.objects.filter(pk__in=among(keys)).order_by("pk")
        act.children = [
            {"key": str(one.public_id), "journal": one.journal_key, "class": one.class_label}
            for one in gone
        ]
    entry = running.get()
    act.entry = entry.public_id if entry else None
    act.owner, act.counts = organisation, _erase(organisation, keys, act.why).counts
    act.save()
    return act


def _draw(actor: Actor, act: Destruction) -> None:
    try:
        drawn = engines.run("papers", {"draw": (form := act_of(act)), "formats": list(TYPES)})
    except engines.EngineRefused as refusal:
        raise FileNotDrawn from refusal
    owner = act.owner.public_id
    title = f"{form['title']} {act.at:%Y-%m-%d}"
    kept_as = {
        kind: store_file(actor, owner, upload=Upload(f"{title}.{kind}", TYPES[kind], data))
        for kind, data in ((kind, base64.b64decode(drawn[kind])) for kind in TYPES)
    }
    name = gettext("Extract of the journal %(day)s") % {"day": f"{act.at:%Y-%m-%d}"}
    upload = Upload(f"{name}.csv", "text/csv", _extract(act))
    act.log = store_file(actor, owner, upload=upload)
    act.paper = Paper.objects.create(owner=act.owner, content={}, **kept_as)
    act.save(update_fields=["paper", "log"])


def _extract(act: Destruction) -> bytes:
    """Write what the journal of events tells of the destruction, a line a child."""
    heads = ["Когда", "Запись журнала", "Ключ ребёнка", "Псевдоним", "Категории", "Причина"]
    what = "; ".join(f"{title}: {number}" for title, number in in_words(act.counts))
    moment = localtime(act.at).isoformat(sep=" ", timespec="seconds")
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow([*heads, "Информационная система", "Кто"])
    for one in act.children:
        row = [moment, act.entry, one["key"], one["journal"], what, act.reason]
        table.writerow([harmless(str(cell)) for cell in [*row, settings.ADDRESS, act.who]])
    return text.getvalue().encode("utf-8-sig")


def _erase(organisation: Organisation, keys: Collection[int], why: str) -> Tombstone:
    """Erase children that are locked, in every house at once: what others keep goes as well."""
    with scoped(SYSTEM):
        for hold in Hold.objects.live().filter(_about(organisation, keys, why))[:1]:
            raise ErasureHeld(until=f"{hold.until:%d.%m.%Y}")
        counts: Counter[str] = Counter()
        for forget in FORGETTING:
            counts.update(forget(keys))
        counts.update(_gone_with(keys))
        return Tombstone.objects.create(
            owner=organisation, why=why, number=len(keys), counts=dict(counts)
        )


def _gone_with(keys: Collection[int]) -> dict[str, int]:
    """Erase rows of children and whatever cannot be without them; let go of what can.

    Keys go as one array: thousands of parameters cost more than the rows.
    """
    these = among(keys)
    counts: Counter[str] = Counter()
    for column in relations_of_a_child():
        rows = column.model._default_manager.filter(**{f"{column.name}__in": these})
        if column.null and column.remote_field.on_delete is not CASCADE:
            rows.update(**{column.name: None})
        else:
            counts.update(_counted(rows.delete()))
    own = Learner.objects.filter(pk__in=these)
    return {**counts, Learner._meta.label: own._raw_delete(own.db)}


def _about(organisation: Organisation, keys: Collection[int], why: str) -> Q:
    """Say which holds stop it: of the category due; by hand, of any that children are in."""
    by_hand = {"", *(code for code, kind in CATEGORIES.items() if kind.child)}
    stopping = CATEGORIES[why].stopped_by if why in CATEGORIES else by_hand
    whose = Q(everywhere=True) | Q(organisation=organisation)
    return whose & Q(category__in=stopping) & (Q(learner=None) | Q(learner__in=among(keys)))


def _counted(deleted: tuple[int, dict[str, int]]) -> dict[str, int]:
    return {label: number for label, number in deleted[1].items() if number}
