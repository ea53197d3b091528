"""What points at an organisation, in words of the field, for whoever makes one row of two."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

RELATIONS: dict[str, "StrPromise"] = {
    "correspondence.Addressee.organisation": _("Letters of clusters it was sent"),
    "correspondence.Addressee.sender": _("Members its letters went to"),
    "correspondence.Poll.sender": _("Polls of dates it started"),
    "correspondence.Voter.organisation": _("Polls of dates it is asked in"),
    "correspondence.Voter.sender": _("Members its polls ask"),
    "correspondence.Circular.sender": _("Letters it wrote to members"),
    "correspondence.Contact.employer": _("Contacts with it as an employer"),
    "correspondence.Contact.keeper": _("Contacts with employers it keeps"),
    "correspondence.Invited.organisation": _("Meetings it was invited to"),
    "desk.ExportRequest.organisation": _("Requests for lists of people"),
    "documents.Book.organisation": _("Registers of numbers"),
    "documents.Declension.owner": _("Own forms of words"),
    "documents.Numbering.organisation": _("Ways of writing numbers"),
    "documents.Paper.owner": _("Papers"),
    "documents.Reader.organisation": _("Files of others it may read"),
    "documents.StoredFile.owner": _("Files"),
    "events.CareerLevel.owner": _("Levels of the career guidance minimum"),
    "events.OutsideHours.owner": _("Hours of career guidance outside Zveno"),
    "events.Certificate.issuer": _("Certificates it issued"),
    "events.Certificate.recipient": _("Letters of thanks it received"),
    "events.CertificateDesign.organisation": _("How its certificates look"),
    "events.Event.host": _("Events it hosts"),
    "events.Group.sender": _("Groups sent to events"),
    "events.Quota.organisation": _("Seats of events kept for it"),
    "events.Slot.employer": _("Requests for its engineers"),
    "learners.Consent.owner": _("Consents of guardians"),
    "learners.ConsentOrder.organisation": _("Orders on taking consents"),
    "learners.InitialsOnly.organisation": _("Initials only"),
    "learners.ConsentSheet.owner": _("Printed consent sheets"),
    "learners.ScannedPage.owner": _("Scans of consents"),
    "learners.ChildList.owner": _("Lists of children it brought"),
    "learners.DistrictRow.house": _("Rows of tables on their way to it"),
    "learners.DistrictShare.house": _("Lists of children it was given"),
    "learners.DistrictShare.owner": _("Lists of children it gave to schools"),
    "learners.DistrictTable.owner": _("Tables of children of many schools it brought"),
    "learners.Transfer.owner": _("Children it lets go to others"),
    "learners.Transfer.taker": _("Children offered to it by others"),
    "learners.Guardian.owner": _("Parents of its children"),
    "learners.Disclosure.organisation": _("Children of others it may see"),
    "learners.Disclosure.owner": _("Own children disclosed to others"),
    "learners.Destruction.owner": _("Acts of destruction"),
    "learners.Hold.organisation": _("Holds on erasure"),
    "learners.Tombstone.owner": _("Numbers of what was erased"),
    "learners.HeadCount.owner": _("Numbers of children without names"),
    "learners.Learner.owner": _("Children"),
    "network.Cluster.base": _("Clusters it leads"),
    "network.Contribution.giver": _("Contributions it gives"),
    "network.Contribution.receiver": _("Contributions it receives"),
    "network.Deed.organisation": _("What it did in clusters"),
    "network.Fulfilment.by": _("Reports of what was done"),
    "network.Interest.organisation": _("Offers and requests it answered"),
    "network.Joining.organisation": _("Invitations and applications to clusters"),
    "network.MemberList.owner": _("Uploaded member lists"),
    "network.Membership.organisation": _("Memberships in clusters"),
    "network.Offer.organisation": _("Offers and requests it posted"),
    "network.OwnTemplate.owner": _("Own Word templates of agreements"),
    "network.Participation.organisation": _("Programmes it takes part in by itself"),
    "network.Party.organisation": _("Agreements it is a party to"),
    "network.Programme.holder": _("Programmes and grants it carries out"),
    "network.Review.house": _("Reviews of its drafts"),
    "network.ReviewRule.organisation": _("Whether it sends agreements after a review only"),
    "network.SigningOrder.organisation": _("Orders on electronic signing"),
    "network.Tie.organisation": _("Its ties with clusters"),
    "network.Wording.owner": _("Own wording of clauses"),
    "network.YearCheck.organisation": _("August checks"),
    "organisations.Apart.one": _("Marks that it is not another organisation"),
    "organisations.Apart.other": _("Marks that another organisation is not it"),
    "organisations.Chapter.organisation": _("Parts of its history"),
    "organisations.Headings.owner": _("Remembered headings of tables"),
    "organisations.Import.owner": _("Uploaded tables of organisations"),
    "organisations.ImportRow.organisation": _("Rows of uploaded tables"),
    "organisations.Merger.into": _("Duplicates merged into it before"),
    "organisations.Organisation.steward": _("Organisations it is responsible for"),
    "organisations.Succession.after": _("Organisations whose place it took"),
    "organisations.Succession.before": _("Its successors"),
    "organisations.Unit.organisation": _("Units"),
    "people.Link.issuer": _("Links in emails it sent"),
    "people.Person.owner": _("People it entered"),
    "people.Post.organisation": _("Posts of people"),
    "people.Task.giver": _("Tasks it gave"),
    "people.Task.organisation": _("Tasks given to its people"),
    "plan.Wisher.organisation": _("Plans it is asked for wishes to"),
    "plan.Approval.organisation": _("Plans it approved"),
    "plan.PlanItem.host": _("Items of plans it hosts"),
    "plan.PlanTable.owner": _("Uploaded plans"),
}
"""Each relation; a test fails when one is without words."""
MENDS: dict[str, "StrPromise"] = {
    "documents.Book.organisation": _(
        "Both have taken numbers from a register of the same kind and year. Issued numbers stay as"
        " they are: record in the history that one joined the other instead."
    ),
    "events.Event.host": _(
        "Both host an event with the same title at the same time. Rename one of them or cancel it."
    ),
    "events.Quota.organisation": _(
        "Seats of the same event are kept for both. Keep them for one of them."
    ),
    "events.Group.sender": _(
        "Both have sent a group to the same event. Release the seats of one of the groups."
    ),
    "events.Slot.employer": _(
        "Both are asked for engineers for the same at the same event. Withdraw one of the requests."
    ),
    "network.Contribution.giver": _(
        "One has promised a contribution to the other: these are two organisations."
    ),
    "network.Interest.organisation": _(
        "Both have answered the same offer. Withdraw one of the answers."
    ),
    "network.Joining.organisation": _(
        "Both wait to be answered about joining the same cluster. Answer one of them."
    ),
    "network.ReviewRule.organisation": _(
        "Both send agreements after a review only. Switch it off at one of them."
    ),
    "learners.InitialsOnly.organisation": _(
        "Both keep initials only. Switch it off at one of them."
    ),
    "learners.ConsentOrder.organisation": _(
        "Both have an order in force for the same way of taking consents. End one of them."
    ),
    "network.SigningOrder.organisation": _(
        "Both have an order in force for the same way of signing. End one of them."
    ),
    "network.Membership.organisation": _(
        "Both are in the same cluster, in different roles or at times that overlap in part. Give"
        " both the same role, or keep the one that has been in the cluster longer."
    ),
    "network.Party.organisation": _(
        "Both are parties to the same agreement. Delete the draft, or record in the history that"
        " one joined the other."
    ),
    "network.Participation.organisation": _(
        "Both take part in the same programme at times that overlap in part. Keep the one that"
        " takes part longer."
    ),
    "network.Programme.holder": _(
        "Both carry out a programme with the same number. Correct the number of one of them."
    ),
    "organisations.Apart.one": _(
        "You have marked them as different organisations. Remove the mark first."
    ),
    "organisations.Succession.before": _(
        "The history says that one took the place of the other: these are two organisations."
    ),
    "organisations.Unit.organisation": _("Both have a unit with the same name. Rename one."),
    "people.Post.organisation": _(
        "Both have a head in office. End one of the two posts on the page of people."
    ),
}
MENDS |= {
    "network.Contribution.receiver": MENDS["network.Contribution.giver"],
    "organisations.Apart.other": MENDS["organisations.Apart.one"],
    "organisations.Succession.after": MENDS["organisations.Succession.before"],
}
OTHERWISE = _("Record in the history that one joined the other instead.")


def words(relation: str) -> str:
    """Say what the rows of a relation are."""
    return str(RELATIONS.get(relation, relation))


def mend(relation: str) -> str:
    """Say how rows of a relation are made to fit into one organisation."""
    return str(MENDS.get(relation, OTHERWISE))
