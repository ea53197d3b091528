"""The timetable: every night it is noted whose consents are over, and what is due goes."""

from procrastinate.contrib.django import app

from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.learners import actions
from zveno.learners.models import CATEGORIES, Category, forget_ownerless
from zveno.organisations.models import Organisation


@app.periodic(cron="7 0 * * *")
@app.task(name="zveno.learners.review_grounds", queueing_lock="grounds")
def review_grounds(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Note whose consents are over, count no more or are no longer enough."""
    with reading(SYSTEM):
        owners = Organisation.objects.filter(learners__isnull=False).distinct()
        keys = list(owners.values_list("public_id", flat=True))
    for key in keys:
        actions.review_grounds(SYSTEM, key)


@app.periodic(cron="37 1 * * *")
@app.task(name="zveno.learners.erase_due", queueing_lock="retention")
def erase_due(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Erase what is due, category by category, organisation by organisation, some at once."""
    for category in CATEGORIES.values():
        if category.owner:
            _of_organisations(category)
        else:
            forget_ownerless(category)


def _of_organisations(category: Category) -> None:
    with reading(SYSTEM):
        due = category.over().order_by().values(category.owner)
        keys = [one.public_id for one in Organisation.objects.filter(pk__in=due)]
    for key in keys:
        while actions.tend_retention(SYSTEM, key, category=category.code):
            pass
