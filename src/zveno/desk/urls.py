"""Addresses of the desk."""

from django.urls import path

from zveno.desk.pages import (
    duplicates,
    exports,
    family,
    jobs,
    journal,
    outbox,
    palette,
    sitemap,
    today,
)

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("find/", palette.find, name="find"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("exports/", exports.exports, name="exports"),
    path("exports/<uuid:key>/confirm/", exports.confirm, name="confirm_export"),
    path("exports/<uuid:key>/download/", exports.download, name="download_export"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:key>/run/", jobs.run, name="run_job"),
    path("jobs/stuck/<uuid:key>/again/", jobs.again, name="try_again"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:key>/", duplicates.choose, name="choose_twin"),
    path("duplicates/<uuid:key>/<uuid:other>/", duplicates.compare, name="compare"),
    path("duplicates/<uuid:key>/<uuid:other>/merge/", duplicates.merge, name="merge"),
    path("duplicates/<uuid:key>/<uuid:other>/apart/", duplicates.tell_apart, name="tell_apart"),
    path(
        "duplicates/<uuid:key>/<uuid:other>/again/",
        duplicates.suspect_again,
        name="suspect_again",
    ),
    path("duplicates/mergers/<uuid:key>/undo/", duplicates.undo, name="undo_merger"),
    path("family/<str:token>/", family.family, name="family"),
    path("family/<str:token>/<uuid:key>/", family.family_child, name="family_child"),
    path("family/<str:token>/<uuid:key>/answer/", family.answer, name="family_answer"),
    path("family/<str:token>/<uuid:key>/refuse/", family.refuse_all, name="family_refuse"),
    path("family/<str:token>/<uuid:key>/copy/", family.copy, name="family_copy"),
    path(
        "family/<str:token>/certificates/<uuid:key>.pdf",
        family.certificate,
        name="family_certificate",
    ),
    path("journal/", journal.journal, name="journal"),
    path("journal/take/", journal.take, name="take_journal"),
    path("journal/<str:kind>/<uuid:key>/", journal.record, name="record"),
]
