"""Addresses of what a cluster and its members say to each other."""

from django.urls import path

from zveno.correspondence.pages import contacts, meeting, meetings, minutes

app_name = "correspondence"
MEETINGS = [
    path("c/<uuid:key>/meetings/", meetings.meetings, name="meetings"),
    path("c/<uuid:key>/meetings/new/", meetings.new_meeting, name="new_meeting"),
    path("meetings/<uuid:key>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:key>/edit/", meetings.edit_meeting, name="edit_meeting"),
    path("meetings/<uuid:key>/cancel/", meeting.cancel_meeting, name="cancel_meeting"),
    path("meetings/<uuid:key>/calendar.ics", meeting.calendar, name="meeting_calendar"),
    path("meetings/<uuid:key>/minutes/", minutes.minutes, name="minutes"),
    path("invited/<uuid:key>/answer/", meeting.answer, name="answer_meeting"),
]
CONTACTS = [
    path("employers/", contacts.employers, name="employers"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/table.<str:kind>", contacts.export, name="export_contacts"),
    path("contacts/new/", contacts.new_contact, name="new_contact"),
    path("contacts/<uuid:key>/", contacts.contact, name="contact"),
    path("contacts/<uuid:key>/remove/", contacts.remove, name="remove_contact"),
]
urlpatterns = [*MEETINGS, *CONTACTS]
