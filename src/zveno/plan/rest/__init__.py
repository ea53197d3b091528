"""Plans for programs."""

from zveno.plan.rest.items import router as items
from zveno.plan.rest.plans import router as plans

routers = (plans, items)
