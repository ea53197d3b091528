"""Who has access to me: what one's data are seen by, and by whose post."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zveno.kernel.http import Request
from zveno.people.models import Person, Post, Recovery
from zveno.people.pages.faces import MAY
from zveno.people.rules import LEADING

MOST = 100


@require_safe
def access(request: Request) -> HttpResponse:
    """Show one's posts, who appoints there, who keeps one's data and who stands in."""
    actor = request.actor
    posts = Post.objects.visible_to(actor)
    mine = list(
        posts.filter(person=actor.person)
        .live()
        .select_related("organisation__steward", "stands_in_for__person")
        .order_by("pk")[:MOST]
    )
    people = Person.objects.visible_to(actor).select_related("owner")
    me = people.filter(pk__in=[actor.person]).first()
    houses = {post.organisation_id for post in mine}
    houses |= {post.organisation.steward_id for post in mine if post.organisation.steward_id}
    if me:
        houses.add(me.owner_id)
    leaders = (
        posts.filter(organisation__in=houses, role__in=LEADING)
        .live()
        .exclude(person=actor.person)
        .select_related("person", "organisation")
        .order_by("organisation__name", "person__family_name")[:MOST]
    )
    lent = (
        Post.objects.visible_to(actor)
        .filter(stands_in_for__person=actor.person)
        .live()
        .select_related("person")
        .order_by("until")[:MOST]
    )
    facts = {
        "mine": [(post, MAY[post.role]) for post in mine],
        "me": me,
        "leaders": leaders,
        "lent": lent,
        "helped": Recovery.objects.visible_to(actor).with_help()[:MOST],
    }
    return render(request, "people/access.html", facts)
