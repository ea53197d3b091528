"""Children for programs."""

from zveno.learners.rest.cards import router as cards
from zveno.learners.rest.consents import router as consents

routers = (cards, consents)
