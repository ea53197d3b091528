"""The whole address map: every room is mounted here and nowhere else."""

from django.urls import include, path

from zveno.config.rest import api

urlpatterns = [
    path("", include("zveno.ui.urls")),
    path("", include("zveno.desk.urls")),
    path("", include("zveno.people.urls")),
    path("", include("zveno.organisations.urls")),
    path("", include("zveno.documents.urls")),
    path("", include("zveno.network.urls")),
    path("", include("zveno.learners.urls")),
    path("", include("zveno.correspondence.urls")),
    path("", include("zveno.plan.urls")),
    path("", include("zveno.events.urls")),
    path("", include("zveno.webhooks.urls")),
    path("api/v1/openapi.json", api.show_schema, name="openapi"),
    path("api/v1/", api.urls),
]
handler500 = "zveno.kernel.health.fault"
