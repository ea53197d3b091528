"""Addresses of events pages."""

from django.urls import path

from zveno.events.pages import (
    announcing,
    cancelling,
    care,
    certificates,
    check,
    drafts,
    escorts,
    events,
    groups,
    moving,
    public,
    registration,
    seats,
    trips,
)

app_name = "events"
urlpatterns = [
    path("e/", events.events, name="list"),
    path("e/<uuid:key>/", events.event, name="event"),
    path("e/<uuid:key>/edit/", drafts.edit, name="edit"),
    path("e/<uuid:key>/announcement/", announcing.announcement, name="announcement"),
    path("e/<uuid:key>/poster.pdf", announcing.poster, name="poster"),
    path("e/<uuid:key>/announce/", drafts.announce, name="announce"),
    path("e/<uuid:key>/cancel/", cancelling.cancel, name="cancel"),
    path("e/<uuid:key>/move/", moving.move, name="move"),
    path("e/<uuid:key>/registration/", registration.registration, name="registration"),
    path("e/<uuid:key>/hold/", drafts.hold, name="hold"),
    path("plan/items/<uuid:key>/event/", drafts.new, name="new"),
    path("e/<uuid:key>/register/", seats.register, name="register"),
    path("e/groups/<uuid:key>/", groups.group, name="group"),
    path("e/groups/<uuid:key>/list/", groups.roll, name="children"),
    path("e/groups/<uuid:key>/consents/", groups.consents, name="consents"),
    path("e/groups/<uuid:key>/all/", groups.done, name="done"),
    path("e/groups/<uuid:key>/trip/", trips.trip, name="trip"),
    path("e/groups/<uuid:key>/trip/list/", trips.leaving, name="departing"),
    path("e/groups/<uuid:key>/trip/route/", escorts.route, name="route"),
    path("e/groups/<uuid:key>/trip/escorts/", escorts.escorts, name="escorts"),
    path("e/groups/<uuid:key>/trip/escorts/<uuid:escort>/", escorts.escort, name="escort"),
    path("e/groups/<uuid:key>/travel/", trips.travel, name="travel"),
    path("e/groups/<uuid:key>/accept/", registration.accept, name="accept"),
    path("e/groups/<uuid:key>/agree/", moving.agree, name="agree"),
    path("e/groups/<uuid:key>/give-back/", seats.give_back, name="give_back"),
    path(
        "e/groups/<uuid:key>/places/<uuid:place>/withdraw/",
        groups.withdraw,
        name="withdraw",
    ),
    path("e/groups/<uuid:key>/places/<uuid:place>/care/", care.care, name="care"),
    path("check/<uuid:key>/", check.check, name="check"),
    path("check/places/<uuid:key>/", check.mark, name="mark"),
    path("p/", public.catalogue, name="catalogue"),
    path("p/e/<uuid:key>/", public.event, name="public"),
    path("e/<uuid:event>/certificates/", certificates.certificates, name="certificates"),
    path("e/<uuid:event>/certificates.pdf", certificates.certificates_pdf, name="certificates_pdf"),
    path("e/<uuid:event>/certificates/issue/", certificates.issue, name="issue_certificates"),
    path(
        "e/<uuid:event>/certificates/<uuid:batch>/undo/",
        certificates.undo,
        name="undo_certificates",
    ),
    path(
        "e/<uuid:event>/certificates/<uuid:batch>/draw/",
        certificates.draw,
        name="draw_certificates",
    ),
    path(
        "certificates/<uuid:certificate>.pdf", certificates.certificate_pdf, name="certificate_pdf"
    ),
]
