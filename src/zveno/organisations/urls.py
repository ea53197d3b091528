"""Addresses of the register and of imports."""

from django.urls import path

from zveno.organisations.pages import card, ground, imports, register, tree, units

app_name = "organisations"
urlpatterns = [
    path("organisations/", register.organisations, name="list"),
    path("organisations/options/", register.options, name="options"),
    path("organisations/register.<str:kind>", register.export, name="export"),
    path("organisations/places/", register.places, name="places"),
    path("organisations/<uuid:key>/", card.show, name="card"),
    path("organisations/tree/", tree.show, name="tree"),
    path("organisations/tree.<str:kind>", tree.export, name="export_tree"),
    path("organisations/<uuid:key>/units/", units.add, name="add_unit"),
    path("organisations/units/<uuid:key>/", units.change, name="unit"),
    path("organisations/units/<uuid:key>/remove/", units.remove, name="remove_unit"),
    path("organisations/<uuid:key>/edit/", card.edit, name="edit"),
    path("organisations/<uuid:key>/turns/<str:what>/", card.turn, name="turn"),
    path("organisations/<uuid:key>/turns/<str:day>/undo/", card.take_back, name="take_back"),
    path("territories/", ground.territories, name="territories"),
    path("organisations/import/", imports.bring, name="bring"),
    path("organisations/imports/<uuid:key>/", imports.show, name="import"),
    path("organisations/imports/<uuid:key>/columns/", imports.columns, name="columns"),
    path("organisations/imports/<uuid:key>/mend/", imports.mend, name="mend"),
    path("organisations/imports/<uuid:key>/enter/", imports.enter, name="enter"),
    path("organisations/imports/<uuid:key>/undo/", imports.undo, name="undo"),
    path("organisations/imports/<uuid:key>/report.<str:kind>", imports.report, name="report"),
]
