"""A file somebody brought, sent to be saved: never shown inside the site."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def saved(name: str, media_type: str, data: bytes) -> HttpResponse:
    """Send bytes as an attachment that no browser runs, guesses at or keeps."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(
        data,
        content_type=media_type,
        headers={
            "Content-Disposition": str(disposition),
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )
