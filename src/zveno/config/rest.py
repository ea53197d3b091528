"""The API: one object, one form of refusals, the endpoints of every room."""

from zveno.correspondence.rest import routers as correspondence
from zveno.documents.rest import routers as documents
from zveno.events.rest import routers as events
from zveno.kernel.rest import Api
from zveno.learners.rest import routers as learners
from zveno.network.rest import routers as network
from zveno.organisations.rest import routers as organisations
from zveno.people.rest import routers as people
from zveno.plan.rest import routers as plan
from zveno.webhooks.rest import routers as webhooks

ABOUT = """\
Programs act by the token of somebody's post: `Authorization: Bearer zveno_…`, made on the page
“Tokens”. A token may what its holder may in that post, or only read it; it ends with the post.

Lists come in parts: `next` of one part is `after` of the following. The order of a list is that
of public ids; it is stable and means nothing. Unknown parameters are refused.

Each verb is a POST at the record it is done to. With an `Idempotency-Key` it is done once: the
same bytes sent to the same address within 48 hours get the first answer, other bytes a refusal.
A request that is refused keeps no key: it may be tried again.

Refusals are `application/problem+json` with a `code`; `detail` is in the language of
`Accept-Language`, Russian unless it asks for English.
"""

api = Api(title="Zveno", version="1.0.0", description=ABOUT, urls_namespace="api")
for router in (
    *(*people, *organisations, *documents, *network, *learners, *correspondence, *plan, *events),
    *webhooks,
):
    api.add_router("", router)
