"""What search engines may find: open pages of events to come and of clusters, and nothing else."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zveno.events.models import Event
from zveno.kernel.http import Request
from zveno.network.models import Cluster

MOST = 20_000
"""Of each kind; a file may list fifty thousand addresses (sitemaps.org, 0.9)."""


@login_not_required
@require_safe
def sitemap(request: Request) -> HttpResponse:
    """List the open pages, the nearest events first."""
    events = Event.objects.visible_to(request.actor).public().coming()
    clusters = Cluster.objects.visible_to(request.actor).live().order_by("pk")
    paths = [
        reverse("events:catalogue"),
        *_pages("events:public", events.values_list("public_id", flat=True)[:MOST]),
        *_pages("network:public_cluster", clusters.values_list("public_id", flat=True)[:MOST]),
    ]
    facts = {"addresses": [settings.ADDRESS + path for path in paths]}
    return render(request, "desk/sitemap.xml", facts, content_type="application/xml")


@login_not_required
@require_safe
def robots(_request: Request) -> HttpResponse:
    """Send search engines to the open pages only."""
    address = settings.ADDRESS + reverse("desk:sitemap")
    lines = ("User-agent: *", "Allow: /p/", "Allow: /static/", "Disallow: /", f"Sitemap: {address}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


def _pages(name: str, keys: Iterable[UUID]) -> list[str]:
    """Name the pages of records; one address is made, the others differ in the key alone."""
    listed = list(keys)
    if not listed:
        return []
    before, after = reverse(name, args=[listed[0]]).split(str(listed[0]))
    return [f"{before}{key}{after}" for key in listed]
