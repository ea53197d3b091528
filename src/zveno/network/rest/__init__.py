"""Clusters, agreements and programmes for programs."""

from zveno.network.rest.amending import router as amending
from zveno.network.rest.assigning import router as assigning
from zveno.network.rest.changes import router as changes
from zveno.network.rest.checks import router as checks
from zveno.network.rest.clusters import router as clusters
from zveno.network.rest.contributions import router as contributions
from zveno.network.rest.joining import router as joining
from zveno.network.rest.offers import router as offers
from zveno.network.rest.programmes import router as programmes
from zveno.network.rest.reads import router as reads
from zveno.network.rest.reforms import router as reforms
from zveno.network.rest.renewing import router as renewing
from zveno.network.rest.reviewing import router as reviewing
from zveno.network.rest.tables import router as tables
from zveno.network.rest.ties import router as ties
from zveno.network.rest.wordings import router as wordings

routers = (
    reads,
    clusters,
    joining,
    changes,
    amending,
    assigning,
    renewing,
    reviewing,
    tables,
    ties,
    wordings,
    programmes,
    offers,
    contributions,
    checks,
    reforms,
)
