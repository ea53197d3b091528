"""What Zveno does by itself: when it ran, what failed, what is stuck."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.desk import actions, rules
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request
from zveno.kernel.registry import Job
from zveno.kernel.sweep import Trouble
from zveno.ui.faces import Face
from zveno.ui.toasts import tell

SHOWN = 100
WORKS = Face(gettext_lazy("working"), "ok", "check")
FAILS = Face(gettext_lazy("failing"), "bad", "x")
LATE = Face(gettext_lazy("late"), "warn", "clock")
NEW = Face(gettext_lazy("has not run yet"), "", "clock")
WORDS = {
    "zveno.events.draw_batches": gettext_lazy("Drawing files of certificates that are owed"),
    "zveno.events.tend_registration": gettext_lazy("Looking after terms of registration"),
    "zveno.learners.erase_due": gettext_lazy("Erasing data whose time is over"),
    "zveno.kernel.back_up": gettext_lazy("Backup of the night"),
    "zveno.kernel.check_chain": gettext_lazy("Check of the journal's chain"),
    "zveno.kernel.forget_repeats": gettext_lazy("Deleting keys of old requests"),
    "zveno.kernel.mail_root": gettext_lazy("Email with the journal’s mark"),
    "zveno.kernel.note_erasures": gettext_lazy("List of what was erased"),
    "zveno.kernel.retry_stalled": gettext_lazy("Taking over from a stopped worker"),
    "zveno.kernel.seal_journal": gettext_lazy("Seals of the journal"),
    "zveno.kernel.send_letters": gettext_lazy("Emails"),
    "zveno.kernel.sweep": gettext_lazy("Looking for what is stuck"),
    "zveno.learners.review_grounds": gettext_lazy("Looking after terms of consents"),
    "zveno.plan.remind_of_wishes": gettext_lazy("Reminding members of wishes for a plan"),
    "zveno.people.forget_old": gettext_lazy("Deleting ended sign-ins"),
    "zveno.people.remind_of_tasks": gettext_lazy("Reminding of tasks"),
    "zveno.people.tell_notices": gettext_lazy("Notices"),
    "zveno.network.count_agreements": gettext_lazy("Counting agreements by state"),
    "zveno.network.recount_ties": gettext_lazy("Counting events together anew"),
    "zveno.network.tend_checks": gettext_lazy("Asking members to check in August"),
    "zveno.network.tend_joinings": gettext_lazy("Reminding of invitations and applications"),
    "zveno.network.tend_agreements": gettext_lazy("Looking after terms of agreements"),
    "zveno.webhooks.forget_old": gettext_lazy("Deleting old deliveries"),
    "zveno.webhooks.publish": gettext_lazy("Finding what to tell programs"),
    "zveno.webhooks.send": gettext_lazy("Telling programs"),
}


@require_safe
def jobs(request: Request) -> HttpResponse:
    """Show the jobs of the timetable and what is stuck, to the operator."""
    if not rules.looks_after(request.actor):
        raise NotAllowed
    rows = [
        {"job": job, "face": _face(job), "words": WORDS.get(job.name, job.name)}
        for job in Job.objects.visible_to(request.actor).order_by("name")
    ]
    stuck = Trouble.objects.visible_to(request.actor)
    page = {
        "rows": rows,
        "stuck": list(stuck.filter(over_at=None).order_by("since")[:SHOWN]),
        "over": list(stuck.filter(over_at__isnull=False).order_by("-over_at")[:10]),
    }
    return render(request, "desk/jobs.html", page)


@require_POST
def run(request: Request, key: UUID) -> HttpResponse:
    """Do a job now."""
    actions.run_job(request.actor, key)
    tell(request, _("The worker starts in a few seconds. Reload the page to see the result."))
    return redirect("desk:jobs")


@require_POST
def again(request: Request, key: UUID) -> HttpResponse:
    """Do anew what is stuck."""
    actions.try_again(request.actor, key)
    tell(request, _("Started again. If it helped, the line disappears within ten minutes."))
    return redirect("desk:jobs")


def _face(job: Job) -> Face:
    if job.failures:
        return FAILS
    if job.is_late:
        return LATE
    return WORKS if job.ended_at else NEW
