"""Plans for programs."""

from zveno.plan.rest.clashes import router as clashes
from zveno.plan.rest.items import router as items
from zveno.plan.rest.plans import router as plans
from zveno.plan.rest.tables import router as tables
from zveno.plan.rest.wishes import router as wishes

routers = (plans, items, clashes, tables, wishes)
