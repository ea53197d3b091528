"""Everything that changes clusters and agreements."""

from zveno.network.actions.agreements import (
    AgreementNotDraft,
    CannotBePrinted,
    LastsNoDay,
    NobodyToAgreeWith,
    Signatory,
    Terms,
    change_obligations,
    change_terms,
    drop_agreement,
    put_right,
    start_agreement,
)
from zveno.network.actions.calendars import SeasonOutside, SeasonsOverlap, keep_calendar
from zveno.network.actions.clusters import (
    BaseWithoutPlace,
    ClusterKnown,
    ClusterPassport,
    NoSuchSector,
    PlaceElsewhere,
    change_cluster,
    found_cluster,
)
from zveno.network.actions.members import (
    NoRows,
    TableUnreadable,
    accept_members,
    bring_members,
    map_columns,
    mend_rows,
)
from zveno.network.actions.obligations import LessThanNothing, record_fulfilment
from zveno.network.actions.sending import (
    AlreadySigned,
    NobodySigns,
    NotOutForSignature,
    renew_link,
    send_agreement,
)
from zveno.network.actions.signatures import NotAScan, file_scan, sign_by_scan

__all__ = [
    "AgreementNotDraft",
    "AlreadySigned",
    "BaseWithoutPlace",
    "CannotBePrinted",
    "ClusterKnown",
    "ClusterPassport",
    "LastsNoDay",
    "LessThanNothing",
    "NoRows",
    "NoSuchSector",
    "NobodySigns",
    "NobodyToAgreeWith",
    "NotAScan",
    "NotOutForSignature",
    "PlaceElsewhere",
    "SeasonOutside",
    "SeasonsOverlap",
    "Signatory",
    "TableUnreadable",
    "Terms",
    "accept_members",
    "bring_members",
    "change_cluster",
    "change_obligations",
    "change_terms",
    "drop_agreement",
    "file_scan",
    "found_cluster",
    "keep_calendar",
    "map_columns",
    "mend_rows",
    "put_right",
    "record_fulfilment",
    "renew_link",
    "send_agreement",
    "sign_by_scan",
    "start_agreement",
]
