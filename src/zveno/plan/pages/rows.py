"""The rows of a plan: two hundred on a page, so they are put together without a template."""

from functools import cache
from html import escape
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zveno.kernel.actor import Actor
from zveno.plan import rules
from zveno.plan.models import ITEM_FACES, PlanItem, month_label
from zveno.ui.templatetags.ui.marks import status

NONE = UUID(int=0)


class Rows:
    """Draws the items of a year's plan for one reader; what many rows share is made once."""

    def __init__(self, actor: Actor, year: int) -> None:
        self.actor = actor
        self.heads = [
            f'<td data-l="{escape(word)}">' for word in (_("When"), _("Host"), _("State"))
        ]
        self.open, self.create = escape(_("Open the event")), escape(_("Create event"))
        self.page = reverse("plan:item", args=[NONE]).removesuffix(f"{NONE}/")
        self.month = cache(lambda month: escape(month_label(month, year)))
        self.day = cache(lambda day: date_format(day, "j E"))
        self.state = cache(lambda state: status(ITEM_FACES[PlanItem.State(state)]))
        self.course = _("Course")
        self.hosts: dict[int, str] = {}

    def row(self, item: PlanItem) -> SafeString:
        """Draw an item; its words are escaped here, and nowhere else."""
        page, title = f"{self.page}{item.public_id}/", escape(item.title)
        when, host, state = self.heads
        course = self.course if item.is_course else ""
        details = " · ".join(filter(None, (course, item.audience, item.venue, item.responsible)))
        time = escape(self.day(item.day)) if item.day else self.month(item.month)
        return SafeString(
            f'<tr><th scope="row"><a href="{page}">{title}</a>{_small(details)}</th>'
            f"{when}<div>{time}{self._moved(item)}</div></td>"
            f"{host}{self.hosts.get(item.host_id) or self._host(item)}</td>"
            f"{state}<div>{self.state(item.state)}{_small(item.remark)}</div></td>"
            f'<td class="num">{self._way(item, page, title)}</td></tr>'
        )

    def _host(self, item: PlanItem) -> str:
        return self.hosts.setdefault(item.host_id, escape(str(item.host)))

    def _moved(self, item: PlanItem) -> str:
        first = item.original_day if item.has_moved else None
        return _small(_("moved from %(day)s") % {"day": self.day(first)}) if first else ""

    def _way(self, item: PlanItem, page: str, title: str) -> str:
        """Draw the way to the event of an item, or to make one."""
        if item.by_event:
            step, words = "", self.open
        elif item.is_over or item.is_course or not rules.hosts_item(self.actor, item):
            return ""
        else:
            step, words = ' data-step="event"', self.create
        name = f'{words}<span class="vh">: {title}</span>'
        return f'<a class="btn btn--s" href="{page}event/"{step}>{name}</a>'


def _small(words: str) -> str:
    return f'<div class="muted xs">{escape(words)}</div>' if words else ""
