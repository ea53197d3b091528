"""What a cluster and its members say to each other, for programs."""

from zveno.correspondence.rest.contacts import router as contacts
from zveno.correspondence.rest.letters import router as letters
from zveno.correspondence.rest.meetings import router as meetings
from zveno.correspondence.rest.polls import router as polls

routers = (letters, polls, meetings, contacts)
