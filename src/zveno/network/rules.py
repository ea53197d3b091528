"""Who may do what with clusters and agreements."""

from django.db.models import Q

from zveno.kernel.actor import Actor, Means
from zveno.network.models import (
    Agreement,
    Cluster,
    Contribution,
    Fulfilment,
    Interest,
    Joining,
    MemberList,
    Membership,
    Obligation,
    Offer,
    Participation,
    Party,
    Programme,
    Reform,
    Review,
    ReviewRule,
    Role,
    SigningOrder,
)
from zveno.organisations.models import Organisation
from zveno.organisations.rules import keeps_card
from zveno.people.models import Post, has_account
from zveno.people.rules import may_appoint

ORDERING = (Post.Role.HEAD, Post.Role.COORDINATOR)
REPRESENTING = {Post.Role.HEAD, Post.Role.REPRESENTATIVE, Post.Role.COORDINATOR}
JOINING = {*REPRESENTING, Post.Role.EMPLOYER_REPRESENTATIVE}
"""Who brings an organisation into a cluster."""
OF_OPERATOR = (Post.Role.COORDINATOR, Post.Role.METHODIST)
SPEAKING = {Role.BASE: (Post.Role.COORDINATOR,), Role.METHODICAL_OPERATOR: OF_OPERATOR}
"""Who speaks for all members of a cluster, by what their own organisation is in it."""


def may_found(actor: Actor, base: Organisation) -> bool:
    """Whether ``actor`` is a coordinator at the organisation that will lead the cluster."""
    return actor.holds(Post.Role.COORDINATOR, base.pk)


def keeps_wording(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` heads the organisation that words its agreements, or coordinates there."""
    return any(actor.holds(role, organisation.pk) for role in ORDERING)


def coordinates(actor: Actor, cluster: Cluster) -> bool:
    """Whether ``actor`` is a coordinator at the base organisation of ``cluster``."""
    return actor.holds(Post.Role.COORDINATOR, cluster.base_id)


def speaks_for_members(actor: Actor, membership: Membership) -> bool:
    """Whether ``actor`` coordinates for the base, or works with members for its operator."""
    posts = SPEAKING.get(Role(membership.role), ())
    return any(actor.holds(post, membership.organisation_id) for post in posts)


def coordinates_membership(actor: Actor, membership: Membership) -> bool:
    """Whether ``actor`` coordinates the cluster of the membership."""
    return coordinates(actor, membership.cluster)


def undoes_reform(actor: Actor, reform: Reform) -> bool:
    """Whether ``actor`` coordinates what was split, or both clusters that became one."""
    both = reform.is_split or coordinates(actor, reform.target)
    return both and coordinates(actor, reform.source)


def joins_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` speaks for the organisation."""
    return any(actor.holds(role, organisation.pk) for role in JOINING)


def came_to_join(actor: Actor, joining: Joining) -> bool:
    """Whether ``actor`` came by the link of a letter about joining."""
    return joining.pk in actor.listed("network.Joining")


def answers_joining(actor: Actor, joining: Joining) -> bool:
    """Whether ``actor`` is asked: who is invited, or the coordinator an application is for."""
    if joining.is_invitation:
        return _speaks_for_newcomer(actor, joining)
    return coordinates(actor, joining.cluster)


def asked_joining(actor: Actor, joining: Joining) -> bool:
    """Whether ``actor`` is of the side that asked."""
    if joining.is_invitation:
        return coordinates(actor, joining.cluster)
    return _speaks_for_newcomer(actor, joining)


def _speaks_for_newcomer(actor: Actor, joining: Joining) -> bool:
    speaks = joining.organisation is not None and joins_for(actor, joining.organisation)
    return speaks or came_to_join(actor, joining)


def takes_applications(actor: Actor, cluster: Cluster) -> bool:
    """Whether the worker acts: it writes to whoever applied without an account."""
    return actor.is_system()


def tends_joinings(actor: Actor, joining: Joining) -> bool:
    """Whether the worker acts: nobody else reminds and ends."""
    return actor.is_system()


def confirms(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` speaks for the organisation, or leads the one that answers for it."""
    return keeps_card(actor, organisation)


def head_of(organisation: Organisation) -> Post | None:
    """Return the post of whoever heads the organisation now."""
    posts = Post.objects.live().filter(organisation=organisation, role=Post.Role.HEAD)
    return posts.select_related("person").first()


def names_head(actor: Actor, organisation: Organisation, head: Post | None) -> bool:
    """Whether ``actor`` may say that another heads it: who appoints, or if no head signs in.

    No program does: posts are given by a person who is there.
    """
    free = head is None or not has_account(head) or may_appoint(actor, organisation)
    return free and actor.means is not Means.TOKEN


def coordinates_agreement(actor: Actor, agreement: Agreement) -> bool:
    """Whether ``actor`` coordinates the cluster of ``agreement``."""
    return coordinates(actor, agreement.cluster)


def coordinates_list(actor: Actor, members: MemberList) -> bool:
    """Whether ``actor`` coordinates the cluster the list is for."""
    return coordinates(actor, members.cluster)


def coordinates_party(actor: Actor, party: Party) -> bool:
    """Whether ``actor`` coordinates the cluster of the party's agreement."""
    return coordinates(actor, party.agreement.cluster)


def signs_for(actor: Actor, party: Party) -> bool:
    """Whether ``actor`` came by the link of this party, or heads its organisation."""
    by_link = party.pk in actor.listed("network.Party")
    return by_link or actor.holds(Post.Role.HEAD, party.organisation_id)


def signs_in_person(actor: Actor, party: Party) -> bool:
    """Whether ``actor`` heads the organisation and is signed in: neither a link nor a program."""
    return actor.means is Means.ACCOUNT and actor.holds(Post.Role.HEAD, party.organisation_id)


def orders_signing(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` heads the organisation or coordinates there, and is no program."""
    leads = any(actor.holds(role, organisation.pk) for role in ORDERING)
    return leads and actor.means is not Means.TOKEN


def ends_signing(actor: Actor, order: SigningOrder) -> bool:
    """Whether ``actor`` may say how the organisation of the order signs."""
    return orders_signing(actor, order.organisation)


def ends_review(actor: Actor, rule: ReviewRule) -> bool:
    """Whether ``actor`` may say how the organisation of the rule sends its agreements."""
    return orders_signing(actor, rule.organisation)


def asks_reviews(actor: Actor, review: Review) -> bool:
    """Whether ``actor`` coordinates the cluster of the draft."""
    return coordinates_agreement(actor, review.agreement)


def reviews(actor: Actor, review: Review) -> bool:
    """Whether ``actor`` holds the post that was asked or stands in for it, and did not ask.

    No program does: a person reads.
    """
    asked = Q(pk=review.post_id) | Q(stands_in_for=review.post_id)
    held = Post.objects.live().filter(asked, person=actor.person or 0)
    own = actor.means is Means.ACCOUNT and actor.person != review.asked_by_id
    return own and held.exists()


def coordinates_obligation(actor: Actor, obligation: Obligation) -> bool:
    """Whether ``actor`` coordinates the cluster of the obligation's agreement."""
    return coordinates(actor, obligation.agreement.cluster)


def is_zveno(actor: Actor, agreement: Agreement) -> bool:
    """Whether the worker acts: nobody else tends agreements."""
    return actor.is_system()


def tends_obligation(actor: Actor, obligation: Obligation) -> bool:
    """Whether the worker acts: nobody else makes tasks of what is owed."""
    return actor.is_system()


def counts(actor: Actor, cluster: Cluster) -> bool:
    """Whether the worker acts: nobody else counts anew."""
    return actor.is_system()


def overseeing(actor: Actor) -> set[int]:
    """Return the authorities ``actor`` works at: they see their place in numbers."""
    return {key for key, role in actor.roles if role == Post.Role.REGIONAL_AUTHORITY}


def reports_on(actor: Actor, obligation: Obligation) -> bool:
    """Whether ``actor`` coordinates the cluster, or represents a party that owes this."""
    return coordinates_obligation(actor, obligation) or bool(owing_of(actor, obligation))


def owing_of(actor: Actor, obligation: Obligation) -> set[int]:
    """Return the organisations that owe this and that ``actor`` represents."""
    own = {key for key, role in actor.roles if role in REPRESENTING}
    sides = Party.objects.filter(agreement=obligation.agreement_id, organisation__in=own)
    if obligation.party_id:
        sides = sides.filter(pk=obligation.party_id)
    return set(sides.filter(role=obligation.role).values_list("organisation", flat=True))


def has_reported(actor: Actor, fulfilment: Fulfilment) -> bool:
    """Whether ``actor`` may take a report back: who may report for the organisation it is of."""
    by_us = fulfilment.by_id in {key for key, role in actor.roles if role in REPRESENTING}
    reported = fulfilment.by_id is not None
    return reported and (by_us or coordinates_obligation(actor, fulfilment.obligation))


def holds_programme(actor: Actor, programme: Programme) -> bool:
    """Whether ``actor`` is a coordinator at the organisation that holds the programme."""
    return actor.holds(Post.Role.COORDINATOR, programme.holder_id)


def holds_participation(actor: Actor, participation: Participation) -> bool:
    """Whether ``actor`` coordinates the programme that somebody takes part in."""
    return holds_programme(actor, participation.programme)


def speaks_for(actor: Actor, membership: Membership) -> bool:
    """Whether ``actor`` represents an organisation that is a member now."""
    return not membership.is_over and membership.organisation_id in represented(actor)


def represented(actor: Actor) -> set[int]:
    """Return the organisations the actor represents."""
    return {key for key, role in actor.roles if role in REPRESENTING}


def posted(actor: Actor, offer: Offer) -> bool:
    """Whether ``actor`` represents whose offer it is, or coordinates the cluster."""
    return offer.organisation_id in represented(actor) or coordinates(actor, offer.cluster)


def responding(actor: Actor, offer: Offer) -> set[int]:
    """Return the other members of the cluster that the actor represents."""
    own = represented(actor) - {offer.organisation_id}
    members = Membership.objects.live().filter(cluster=offer.cluster_id, organisation__in=own)
    return set(members.values_list("organisation", flat=True))


def may_respond(actor: Actor, offer: Offer) -> bool:
    """Whether ``actor`` represents a member of the cluster; its own offer it is told."""
    return offer.organisation_id in represented(actor) or bool(responding(actor, offer))


def is_interested(actor: Actor, interest: Interest) -> bool:
    """Whether ``actor`` represents who is interested."""
    return interest.organisation_id in represented(actor)


def answers(actor: Actor, interest: Interest) -> bool:
    """Whether ``actor`` represents who posted what is responded to."""
    return interest.offer.organisation_id in represented(actor)


def promises_to(actor: Actor, programme: Programme) -> bool:
    """Whether ``actor`` represents anybody: whose the promise may be, the verb judges."""
    return any(role in REPRESENTING for _key, role in actor.roles)


def gives(actor: Actor, contribution: Contribution) -> bool:
    """Whether ``actor`` represents the giver, or coordinates who receives or the holder."""
    given = any(actor.holds(role, contribution.giver_id) for role in REPRESENTING)
    return given or receives(actor, contribution) or holds_programme(actor, contribution.programme)


def receives(actor: Actor, contribution: Contribution) -> bool:
    """Whether ``actor`` heads or coordinates the organisation that receives."""
    return any(actor.holds(role, contribution.receiver_id) for role in ORDERING)


def reads_proof(actor: Actor, contribution: Contribution) -> bool:
    """Whether ``actor`` works in the network: whoever sees a contribution reads its proof."""
    return bool(actor.scope)
