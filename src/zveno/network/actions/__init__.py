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
    "CannotBePrinted",
    "LastsNoDay",
    "LessThanNothing",
    "NobodySigns",
    "NobodyToAgreeWith",
    "NotAScan",
    "NotOutForSignature",
    "Signatory",
    "Terms",
    "change_obligations",
    "change_terms",
    "drop_agreement",
    "file_scan",
    "put_right",
    "record_fulfilment",
    "renew_link",
    "send_agreement",
    "sign_by_scan",
    "start_agreement",
]
