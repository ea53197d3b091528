"""What people are told when a cluster is split or taken up by another."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zveno.network.models.clusters import Cluster
from zveno.network.models.programmes import Participation
from zveno.network.models.reforms import Reform
from zveno.people.models import Note, Notice, in_each_language


@in_each_language
def is_reformed(reform: Reform) -> Note:
    """Tell the members of both clusters what became of theirs."""
    split = _("“%(target)s” is split off “%(source)s”")
    merged = _("“%(source)s” is now part of “%(target)s”")
    return Note(
        Notice.Kind.CHANGED,
        (split if reform.is_split else merged) % _facts(reform),
        _address(reform.source),
        _("See who is where"),
        text=_("From %(day)s. Agreements stay where they were signed, with what is owed by them.")
        % _facts(reform),
    )


@in_each_language
def is_undone(reform: Reform) -> Note:
    """Tell the same people that it was a mistake."""
    split = _("The split of “%(source)s” is undone")
    merged = _("“%(source)s” is a cluster of its own again")
    return Note(
        Notice.Kind.CHANGED,
        (split if reform.is_split else merged) % _facts(reform),
        _address(reform.source),
        _("See who is where"),
        text=_("It was a mistake: members and roles are as they were before."),
    )


@in_each_language
def participant_changed(reform: Reform, participation: Participation) -> Note:
    """Tell who holds a programme that a cluster in it is another one now."""
    facts = _facts(reform) | {"programme": participation.programme.name}
    split = _("“%(target)s” is split off it from %(day)s and does not take part by itself.")
    merged = _("“%(target)s” took it up on %(day)s and does not take part by itself.")
    return Note(
        Notice.Kind.CHANGED,
        _("“%(source)s”, a participant of “%(programme)s”, has changed") % facts,
        reverse("network:programme", args=[participation.programme.public_id]),
        _("Open the programme"),
        text=(split if reform.is_split else merged) % facts,
    )


def _facts(reform: Reform) -> dict[str, object]:
    day = date_format(reform.day, "d.m.Y")
    return {"source": reform.source, "target": reform.target, "day": day}


def _address(cluster: Cluster) -> str:
    return reverse("network:reforms", args=[cluster.public_id])
