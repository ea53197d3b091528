"""Addresses of events pages."""

from django.urls import path

from zveno.events.pages import certificates

app_name = "events"
urlpatterns = [
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
