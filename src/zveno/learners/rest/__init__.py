"""Children for programs."""

from zveno.learners.rest.cards import router as cards

routers = (cards,)
