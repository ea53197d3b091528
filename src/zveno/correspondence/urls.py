"""Addresses of what a cluster and its members say to each other."""

from django.urls import path

from zveno.correspondence.pages import (
    asked,
    contacts,
    invited,
    letters,
    meeting,
    meetings,
    minutes,
    polls,
    received,
)

app_name = "correspondence"
LETTERS = [
    path("c/<uuid:key>/letters/", letters.letters, name="letters"),
    path("c/<uuid:key>/letters/new/", letters.new_letter, name="new_letter"),
    path("letters/<uuid:key>/", letters.letter, name="letter"),
    path("letters/<uuid:key>/edit/", letters.edit_letter, name="edit_letter"),
    path("letters/<uuid:key>/send/", letters.send, name="send_letter"),
    path("letters/<uuid:key>/delete/", letters.drop, name="drop_letter"),
    path("letters/<uuid:key>/remind/", letters.remind, name="remind_of_letter"),
    path("letters/<uuid:key>/table.<str:kind>", letters.export, name="export_letter"),
    path("letters/to/<uuid:key>/", received.letter, name="received"),
    path("letters/to/<uuid:key>/answer/", received.answer, name="answer_letter"),
    path("letter/<str:token>/", received.letter_by_link, name="letter_by_link"),
    path("letter/<str:token>/answer/", received.answer_by_link, name="answer_by_link"),
]
POLLS = [
    path("c/<uuid:key>/polls/", polls.polls, name="polls"),
    path("c/<uuid:key>/polls/new/", polls.new_poll, name="new_poll"),
    path("polls/<uuid:key>/", polls.poll, name="poll"),
    path("polls/<uuid:key>/close/", polls.close, name="close_poll"),
    path("polls/at/<uuid:key>/", asked.asked, name="asked"),
    path("poll/<str:token>/", asked.poll_by_link, name="poll_by_link"),
]
MEETINGS = [
    path("c/<uuid:key>/meetings/", meetings.meetings, name="meetings"),
    path("c/<uuid:key>/meetings/new/", meetings.new_meeting, name="new_meeting"),
    path("meetings/<uuid:key>/", meeting.meeting, name="meeting"),
    path("meetings/<uuid:key>/edit/", meetings.edit_meeting, name="edit_meeting"),
    path("meetings/<uuid:key>/cancel/", meeting.cancel_meeting, name="cancel_meeting"),
    path("meetings/<uuid:key>/calendar.ics", meeting.calendar, name="meeting_calendar"),
    path("meetings/<uuid:key>/minutes/", minutes.minutes, name="minutes"),
    path("meeting/<str:token>/", invited.meeting_by_link, name="meeting_by_link"),
    path("meeting/<str:token>/meeting.ics", invited.calendar_by_link, name="calendar_by_link"),
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
urlpatterns = [*LETTERS, *POLLS, *MEETINGS, *CONTACTS]
