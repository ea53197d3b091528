"""Events, groups and certificates for programs."""

from zveno.events.rest.announcing import router as announcing
from zveno.events.rest.certificates import router as certificates
from zveno.events.rest.children import router as children
from zveno.events.rest.clashes import router as clashes
from zveno.events.rest.engineers import router as engineers
from zveno.events.rest.events import router as events
from zveno.events.rest.feedback import router as feedback
from zveno.events.rest.groups import router as groups
from zveno.events.rest.handouts import router as handouts
from zveno.events.rest.hours import router as hours
from zveno.events.rest.news import router as news
from zveno.events.rest.registration import router as registration
from zveno.events.rest.trips import router as trips
from zveno.events.rest.visits import router as visits

routers = (
    *(events, registration, visits, feedback, announcing, hours),
    *(handouts, engineers, groups, news, clashes, trips, children, certificates),
)
