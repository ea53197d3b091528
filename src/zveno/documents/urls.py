"""Addresses of documents pages."""

from django.urls import path

from zveno.documents.pages import books, files, houses, registering, verification, words

app_name = "documents"
urlpatterns = [
    path("papers/", houses.own, name="papers"),
    path("papers/<uuid:key>/words/", words.words, name="words"),
    path("papers/<uuid:key>/books/", books.books, name="books"),
    path("papers/<uuid:key>/books/enter/", registering.register, name="register_number"),
    path("papers/numbers/<uuid:key>/cancel/", registering.cancel, name="cancel_number"),
    path("papers/<uuid:key>/book.<str:kind>", books.export, name="book"),
    path("papers/words/<uuid:key>/forget/", words.forget, name="forget_form"),
    path("files/<uuid:key>/", files.file, name="file"),
    path("sign/<str:token>/files/<uuid:key>/", files.linked_file, name="linked_file"),
    path("v/", verification.ask, name="verify"),
    path("v/<str:code>/", verification.verification, name="verification"),
]
