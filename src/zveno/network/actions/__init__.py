"""Everything that changes clusters and agreements."""

from zveno.network.actions.acceding import CannotJoin, admit_newcomer, start_accession
from zveno.network.actions.agreements import (
    AgreementNotDraft,
    CannotBePrinted,
    LastsNoDay,
    NoSuchParty,
    Terms,
    change_obligations,
    change_subject,
    change_terms,
    drop_agreement,
    start_agreement,
)
from zveno.network.actions.amending import (
    Amended,
    NoSuchPoint,
    NotAnAmendment,
    NothingChanges,
    PartiesMoved,
    PointTwice,
    amend_agreement,
    change_amendment,
    start_amendment,
)
from zveno.network.actions.calendars import SeasonOutside, SeasonsOverlap, keep_calendar
from zveno.network.actions.checks import (
    BadCounts,
    HeadElsewhere,
    NobodyToAsk,
    YearFacts,
    ask_to_check,
    confirm_facts,
    tend_checks,
)
from zveno.network.actions.clusters import (
    BaseWithoutPlace,
    ClusterKnown,
    ClusterPassport,
    FoundedLater,
    NoSuchSector,
    PlaceElsewhere,
    TakesPartEarlier,
    change_cluster,
    found_cluster,
)
from zveno.network.actions.contributions import (
    BadGift,
    BadHours,
    DoesNotFulfil,
    Gift,
    NoSuchReceiver,
    NotGiven,
    NotPromised,
    Promise,
    Withdrawn,
    confirm_contribution,
    give_contribution,
    open_proof,
    promise_contribution,
    return_contribution,
    withdraw_contribution,
)
from zveno.network.actions.declining import put_right
from zveno.network.actions.drawing import TemplateLacks
from zveno.network.actions.duties import tend_obligation
from zveno.network.actions.electronic import (
    NotASignatureFile,
    NotOrdered,
    OtherFileSigned,
    Proof,
    TextHasChanged,
    sign_by_file,
    sign_in_zveno,
)
from zveno.network.actions.ending import (
    DayHasPassed,
    Ending,
    TooSoon,
    tend_agreement,
    terminate_agreement,
)
from zveno.network.actions.inviting import (
    AnswersForItself,
    Application,
    AskedAlready,
    Invitee,
    MemberAlready,
    NobodyInvited,
    NowhereToWrite,
    apply_by_letter,
    apply_to_join,
    confirm_application,
    invite_to_join,
    note_joining,
)
from zveno.network.actions.joining import (
    JoiningOver,
    accept_joining,
    decline_joining,
    take_joining_back,
    tend_joining,
)
from zveno.network.actions.members import (
    NoRows,
    TableUnreadable,
    accept_members,
    bring_members,
    map_columns,
    mend_rows,
)
from zveno.network.actions.memberships import (
    BaseStays,
    BeforeItBegan,
    CannotLead,
    MembershipOver,
    OperatorThere,
    change_role,
    end_membership,
    hand_over,
)
from zveno.network.actions.obligations import (
    AgreementNotInForce,
    LessThanNothing,
    NothingDone,
    NotYetDone,
    Report,
    record_fulfilment,
    report_fulfilment,
    take_back_report,
)
from zveno.network.actions.offers import (
    InterestOver,
    NoAgreementBetween,
    NotEnoughLeft,
    OfferLastsNoDay,
    OfferOver,
    OwnOffer,
    Wanted,
    add_obligation,
    agree_on,
    express_interest,
    post_offer,
    withdraw_interest,
    withdraw_offer,
)
from zveno.network.actions.orders import (
    Order,
    OrderAhead,
    OrderOver,
    switch_signing_off,
    switch_signing_on,
)
from zveno.network.actions.parties import Signatory
from zveno.network.actions.passports import print_passport
from zveno.network.actions.programmes import (
    BadAmount,
    BeforeFounding,
    BeforeJoining,
    DayOutside,
    EndsBeforeItBegins,
    LastsTooLong,
    LineTwice,
    NeedsProof,
    Planned,
    ProgrammeFacts,
    ProgrammeKnown,
    TakesPartAlready,
    YearOutside,
    change_programme,
    end_participation,
    found_programme,
    keep_money,
    let_take_part,
)
from zveno.network.actions.reforms import (
    BaseCannotLead,
    DayToCome,
    JoiningsWait,
    MovesLater,
    NobodyGoes,
    NotBoth,
    ReformStands,
    Split,
    merge_cluster,
    split_cluster,
    undo_reform,
)
from zveno.network.actions.renewing import (
    Carried,
    DueOutside,
    NoSuchObligation,
    NotToRenew,
    renew_agreement,
)
from zveno.network.actions.reviewing import (
    DraftChanged,
    NoRemark,
    NoReviewer,
    ReviewOver,
    agree_review,
    ask_review,
    return_review,
    switch_review_off,
    switch_review_on,
    take_review_back,
)
from zveno.network.actions.reviews import NotReviewed
from zveno.network.actions.scans import NotAScan
from zveno.network.actions.sending import (
    AlreadySigned,
    NobodySigns,
    NoReason,
    NotOutForSignature,
    change_signatory,
    renew_link,
    send_agreement,
    withdraw_agreement,
)
from zveno.network.actions.sides import (
    ExactlyOne,
    FactMissing,
    NobodyToAgreeWith,
    NoSuchSide,
    NotAlone,
    Share,
    ShareUnsaid,
    Subject,
    TooFewSides,
)
from zveno.network.actions.signatures import file_scan, refuse_to_sign, sign_by_scan
from zveno.network.actions.templates import (
    NoSuchTemplate,
    save_template,
    use_template,
)
from zveno.network.actions.ties import Told, count_agreements, note_deeds, recount_ties
from zveno.network.actions.wordings import (
    NoSuchWording,
    WordingMoved,
    WordingTooLong,
    WordingUnclear,
    save_wording,
    use_wording,
)
from zveno.network.models.template_faults import TemplateUnclear

__all__ = [
    "AgreementNotDraft", "AgreementNotInForce", "AlreadySigned", "Amended", "AnswersForItself",
    "Application", "AskedAlready", "BadAmount", "BadCounts", "BadGift", "BadHours",
    "BaseCannotLead", "BaseStays", "BaseWithoutPlace", "BeforeFounding", "BeforeItBegan",
    "BeforeJoining", "CannotBePrinted", "CannotJoin", "CannotLead", "Carried", "ClusterKnown",
    "ClusterPassport", "DayHasPassed", "DayOutside", "DayToCome", "DoesNotFulfil",
    "DraftChanged", "DueOutside", "Ending", "EndsBeforeItBegins", "ExactlyOne", "FactMissing",
    "FoundedLater", "Gift", "HeadElsewhere", "InterestOver", "Invitee", "JoiningOver",
    "JoiningsWait", "LastsNoDay", "LastsTooLong", "LessThanNothing", "LineTwice",
    "MemberAlready", "MembershipOver", "MovesLater", "NeedsProof", "NoAgreementBetween",
    "NoReason", "NoRemark", "NoReviewer", "NoRows", "NoSuchObligation", "NoSuchParty",
    "NoSuchPoint", "NoSuchReceiver", "NoSuchSector", "NoSuchSide", "NoSuchTemplate",
    "NoSuchWording", "NobodyGoes", "NobodyInvited", "NobodySigns", "NobodyToAgreeWith",
    "NobodyToAsk", "NotAScan", "NotASignatureFile", "NotAlone", "NotAnAmendment", "NotBoth",
    "NotEnoughLeft", "NotGiven", "NotOrdered", "NotOutForSignature", "NotPromised",
    "NotReviewed", "NotToRenew", "NotYetDone", "NothingChanges", "NothingDone",
    "NowhereToWrite", "OfferLastsNoDay", "OfferOver", "OperatorThere", "Order", "OrderAhead",
    "OrderOver", "OtherFileSigned", "OwnOffer", "PartiesMoved", "PlaceElsewhere", "Planned",
    "PointTwice", "ProgrammeFacts", "ProgrammeKnown", "Promise", "Proof", "ReformStands",
    "Report", "ReviewOver", "SeasonOutside", "SeasonsOverlap", "Share", "ShareUnsaid",
    "Signatory", "Split", "Subject", "TableUnreadable", "TakesPartAlready", "TakesPartEarlier",
    "TemplateLacks", "TemplateUnclear", "Terms", "TextHasChanged", "Told", "TooFewSides",
    "TooSoon", "Wanted", "Withdrawn", "WordingMoved", "WordingTooLong", "WordingUnclear",
    "YearFacts", "YearOutside", "accept_joining", "accept_members", "add_obligation",
    "admit_newcomer", "agree_on", "agree_review", "amend_agreement", "apply_by_letter",
    "apply_to_join", "ask_review", "ask_to_check", "bring_members", "change_amendment",
    "change_cluster", "change_obligations", "change_programme", "change_role",
    "change_signatory", "change_subject", "change_terms", "confirm_application",
    "confirm_contribution", "confirm_facts", "count_agreements", "decline_joining",
    "drop_agreement", "end_membership", "end_participation", "express_interest", "file_scan",
    "found_cluster", "found_programme", "give_contribution", "hand_over", "invite_to_join",
    "keep_calendar", "keep_money", "let_take_part", "map_columns", "mend_rows", "merge_cluster",
    "note_deeds", "note_joining", "open_proof", "post_offer", "print_passport",
    "promise_contribution", "put_right", "record_fulfilment", "recount_ties", "refuse_to_sign",
    "renew_agreement", "renew_link", "report_fulfilment", "return_contribution",
    "return_review", "save_template", "save_wording", "send_agreement", "sign_by_file",
    "sign_by_scan", "sign_in_zveno", "split_cluster", "start_accession", "start_agreement",
    "start_amendment", "switch_review_off", "switch_review_on", "switch_signing_off",
    "switch_signing_on", "take_back_report", "take_joining_back", "take_review_back",
    "tend_agreement", "tend_checks", "tend_joining", "tend_obligation", "terminate_agreement",
    "undo_reform", "use_template", "use_wording", "withdraw_agreement", "withdraw_contribution",
    "withdraw_interest", "withdraw_offer",
]  # fmt: skip
