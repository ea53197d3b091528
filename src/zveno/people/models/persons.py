"""Persons, the accounts they sign in with and the dated posts their rights come from."""

from datetime import datetime
from typing import ClassVar, NamedTuple, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Entry, Questions, Record, journal_key
from zveno.organisations.models import Organisation, name_key


class PersonQuerySet(Questions["Person"]):
    """Questions about persons."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor, the persons of the organisations in the scope, and work contacts.

        Whoever holds a post is a work contact for those who work in the network.
        """
        own = Q(owner__in=actor.scope) | Q(pk=actor.person)
        if not actor.scope:
            return self.filter(own)
        return self.filter(own | Q(Exists(Post.objects.live().filter(person=OuterRef("pk")))))


class Person(Record):
    """An adult, with or without an account; ``owner`` is the organisation that entered the row."""

    PSEUDONYMOUS: ClassVar = True
    DATA: ClassVar = dict.fromkeys(
        ["family_name", "given_name", "patronymic", "email"], Data.PERSONAL
    )

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="persons")
    family_name = models.CharField(_("family name"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    email = models.EmailField(blank=True)
    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(family_name=""), name="person_has_a_name"),
        ]
        indexes = [
            models.Index(Collate("family_name", "C"), name="person_by_family_name"),
            models.Index(Collate("given_name", "C"), name="person_by_given_name"),
            models.Index(Collate("patronymic", "C"), name="person_by_patronymic"),
        ]

    def __str__(self) -> str:
        """Return the full name."""
        return " ".join(filter(None, [self.family_name, self.given_name, self.patronymic]))

    def may_be(self, other: "Person") -> bool:
        """Whether both rows may tell of one person: no part of the name that both give differs."""
        mine = (self.family_name, self.given_name, self.patronymic)
        given = zip(mine, (other.family_name, other.given_name, other.patronymic), strict=True)
        return all(name_key(one) == name_key(another) for one, another in given if one and another)

    @property
    def short_name(self) -> str:
        """Return the family name with initials: «Соколов А. В.»."""
        initials = [f"{name[0]}." for name in (self.given_name, self.patronymic) if name]
        return " ".join([self.family_name, *initials])

    @property
    def initials(self) -> str:
        """Return two letters for an avatar."""
        return (self.given_name[:1] + self.family_name[:1]).upper()

    def home(self) -> int | None:
        """Return the organisation that entered the row."""
        return self.owner_id


class AccountQuerySet(Questions["Account"]):
    """Questions about accounts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own."""
        return self.none() if actor.person is None else self.filter(person=actor.person)


STANDS_FOR = {
    "school_representative": "representative",
    "kindergarten_representative": "representative",
}
"""Roles that may what another one may, too."""
ONLY_IN = {
    "school_representative": {Organisation.Kind.SCHOOL},
    "kindergarten_representative": {Organisation.Kind.PRESCHOOL},
    "employer_representative": {Organisation.Kind.EMPLOYER},
    "regional_authority": {Organisation.Kind.EDUCATION_AUTHORITY},
}
"""Roles that only organisations of some kinds have posts for."""


FAR_SIGHTED = {
    *("coordinator", "methodist", "training_clerk", "regional_authority", "auditor", "operator"),
}
"""Roles that see more than one organisation or take lists out: they sign in by two steps."""


def needs_second_step(actor: Actor) -> bool:
    """Whether what ``actor`` may see is worth a second step of signing in."""
    return len(actor.scope) > 1 or any(role in FAR_SIGHTED for _, role in actor.roles)


def rights_of(role: str) -> frozenset[str]:
    """Return the roles whose rights come with ``role``: itself, and what it is a kind of."""
    return frozenset(filter(None, [role, STANDS_FOR.get(role)]))


class Held(NamedTuple):
    """A post held now, the short name of where, and what kind of organisation that is."""

    organisation: int
    role: str
    until: datetime | None
    title: str
    place: str
    kind: str


class Account(AbstractBaseUser, Record):
    """A way to sign in. It grants nothing: there are no superusers, groups or permissions.

    ``held`` are the posts its actor was made of, the oldest first. Since ``second_step_at`` a
    password alone does not open it. What was given to programs before ``recovered_at`` is over.
    """

    DATA: ClassVar = {"password": Data.SEALED}

    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="account")
    sign_in_name = models.CharField(_("sign-in name"), max_length=80, unique=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    second_step_at = models.DateTimeField(null=True)
    recovered_at = models.DateTimeField(null=True)
    # The journal knows who signed in when; a field would be written outside of the door.
    last_login = None
    objects = BaseUserManager.from_queryset(AccountQuerySet)()
    held: tuple[Held, ...] = ()
    USERNAME_FIELD = "sign_in_name"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        """Return the name used to sign in."""
        return self.sign_in_name

    def check_password(self, raw_password: str | None) -> bool:
        """Compare, and write nothing: Django would hash anew outside of the door."""
        return check_password(raw_password, self.password)


class PostQuerySet(Questions["Post"]):
    """Questions about posts."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the actor's own posts, and all for those who work in the network."""
        return self.all() if actor.scope else self.filter(person=actor.person)

    def live(self) -> Self:
        """Keep posts held now."""
        moment = clock.now()
        return self.filter(Q(until=None) | Q(until__gt=moment), since__lte=moment)

    def of(self, organisation: Organisation) -> Self:
        """Keep those in an organisation, the head first, each with its person and access."""
        ranked = models.Case(models.When(role=Post.Role.HEAD, then=0), default=1)
        return (
            self.filter(organisation=organisation)
            .select_related("person", "stands_in_for__person")
            .annotate(has_account=Exists(Account.objects.filter(person=OuterRef("person"))))
            .order_by(ranked, "person__family_name", "person__given_name", "pk")
        )


class Post(Record):
    """A role a person holds in an organisation from ``since`` until ``until``.

    ``title`` is the post in the organisation's words, in the nominative: «директор». One that
    stands in for another was given by its holder for a while, and never signs.
    """

    class Role(models.TextChoices):
        HEAD = "head", _("head of the organisation")
        COORDINATOR = "coordinator", _("cluster coordinator")
        METHODIST = "methodist", _("methodist")
        REPRESENTATIVE = "representative", _("representative")
        SCHOOL_REPRESENTATIVE = "school_representative", _("school representative")
        KINDERGARTEN_REPRESENTATIVE = (
            "kindergarten_representative",
            _("kindergarten representative"),
        )
        EMPLOYER_REPRESENTATIVE = "employer_representative", _("employer representative")
        TEACHER = "teacher", _("teacher")
        LAB_HEAD = "lab_head", _("head of a laboratory")
        TRAINING_CLERK = "training_clerk", _("training clerk")
        REGIONAL_AUTHORITY = "regional_authority", _("regional authority")
        AUDITOR = "auditor", _("auditor")
        OPERATOR = "operator", _("operator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="posts")
    role = models.CharField(max_length=30, choices=Role)
    title = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)
    stands_in_for = models.ForeignKey("self", models.CASCADE, null=True, related_name="stand_ins")
    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="post_ends_later"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(role="head", until=None),
                name="organisation_has_one_head",
            ),
        ]

    def __str__(self) -> str:
        """Name the role."""
        return self.title or str(self.get_role_display())

    @classmethod
    def fits(cls, role: str, kind: str) -> bool:
        """Whether an organisation of ``kind`` has posts with this role."""
        kinds = ONLY_IN.get(role)
        return role in cls.Role.values and (kinds is None or kind in kinds)

    @classmethod
    def without_signing(cls, role: str) -> str:
        """Return the role of somebody who stands in for one with ``role``: signing is personal."""
        return cls.Role.REPRESENTATIVE if role == cls.Role.HEAD else role

    @property
    def is_live(self) -> bool:
        """Whether it is held now."""
        return self.since <= clock.now() and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.until is not None and self.until <= clock.now()

    def home(self) -> int | None:
        """Return the organisation the post is in."""
        return self.organisation_id


def account_of(key: int) -> Account | None:
    """Return the account whose password was said right, before its second step."""
    return Account.objects.filter(pk=key).first()


def has_account(post: Post) -> bool:
    """Whether the holder of a post can sign in."""
    return Account.objects.filter(person=post.person_id, is_active=True).exists()


_HELD = """
    SELECT p.organisation_id, p.role, p.until, p.title, o.short_name, o.kind
    FROM people_post p JOIN organisations_organisation o ON o.id = p.organisation_id
    WHERE p.person_id = %s AND p.since <= %s AND (p.until IS NULL OR p.until > %s)
    ORDER BY p.id
"""


def held_by(account: Account) -> tuple[Held, ...]:
    """Return the live posts of an account's person, the oldest first."""
    moment = clock.now()
    return tuple(map(Held._make, questions.rows(_HELD, account.person_id, moment, moment)))


def doer_of(actor: Actor, entry: Entry) -> str:
    """Name who did what an entry of the journal tells, if the actor sees them; else nothing."""
    there = Post.objects.filter(organisation=entry.organisation, person=OuterRef("pk"))
    for one in Person.objects.visible_to(actor).filter(Exists(there)):
        if journal_key(Person, one.pk) == entry.actor_key:
            return str(one)
    return ""
