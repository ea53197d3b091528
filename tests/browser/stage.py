"""A stage for stories told in a browser: what must exist before, people who come in, the worker."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from playwright.sync_api import Page
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.browser.conftest import PHONE, NewPage
from zveno.kernel import jobs, outbox
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.network.actions import ClusterPassport, found_cluster
from zveno.organisations.actions import Passport, found_organisation
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.actions import Appointment, appoint, open_account
from zveno.people.models import Account, Post, actor_of

PASSWORD = "пароль для проб 2026"
COLLEGE = "Санкт-Петербургское ГБПОУ «Колледж автоматизации производства»"
COLLEGE_INN = "0010007005"
CLUSTER = "Робототехника и инженерное дело"
TITLES = {
    Post.Role.COORDINATOR: "координатор кластера (пример)",
    Post.Role.REPRESENTATIVE: "заместитель директора (пример)",
    Post.Role.TEACHER: "мастер лаборатории (пример)",
}


@dataclass
class Stage:
    """One story: a college with a cluster of its own, a coordinator, a teacher, nothing else."""

    new_page: NewPage
    address: str
    size: tuple[int, int]
    script: bool = True
    open: Callable[..., Page] = field(init=False)
    done: int = field(init=False)

    def __post_init__(self) -> None:
        settings.ADDRESS = self.address
        # Emptying the database between tests leaves their jobs behind.
        self.done = max(ProcrastinateJob.objects.values_list("pk", flat=True), default=0)
        self.open = partial(self.new_page, base_url=self.address, java_script_enabled=self.script)
        college = self._found_college()
        anna = self.employ("anna", "Воронцова Анна", COLLEGE_INN, Post.Role.COORDINATOR)
        self.employ("igor", "Савельев Игорь", COLLEGE_INN, Post.Role.TEACHER)
        passport = ClusterPassport(CLUSTER)
        found_cluster(actor_of(anna), college.public_id, passport=passport)

    def _found_college(self) -> Organisation:
        district = organisations.district()
        passport = Passport(
            kind="college", name=COLLEGE, inn=COLLEGE_INN, email="college@example.org"
        )
        return found_organisation(SYSTEM, district.public_id, passport=passport)

    def employ(self, name: str, person: str, inn: str, role: str) -> Account:
        """Give a person a post in an organisation that exists by now, and a password account."""
        family_name, given_name = person.split()
        with reading(SYSTEM):
            organisation = Organisation.objects.get(inn=inn)
        appointment = Appointment(
            family_name,
            given_name,
            email=f"{name}@example.org",
            role=role,
            title=TITLES[Post.Role(role)],
        )
        post = appoint(SYSTEM, organisation.public_id, appointment=appointment)
        key = post.person.public_id
        return open_account(SYSTEM, key, sign_in_name=name, password=PASSWORD)

    def work(self) -> None:
        """Do what the worker does: the jobs left for later, the letters that are due."""
        left = ProcrastinateJob.objects.filter(pk__gt=self.done).order_by("pk")
        for job in left:
            jobs.run(**job.args)
            self.done = job.pk
        outbox.send_due()

    def enter(self, name: str, size: tuple[int, int] | None = None) -> Page:
        """Let somebody sign in at a browser of their own."""
        page = self.open(size or self.size)
        page.goto("/")
        page.get_by_label("Имя для входа").fill(name)
        page.get_by_label("Пароль", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Войти", exact=True).click()
        page.wait_for_url("/")
        return page

    def enter_by_phone(self, name: str) -> Page:
        """Let somebody sign in at a telephone."""
        return self.enter(name, PHONE)

    def visitor(self) -> Page:
        """Open a browser in which nobody has signed in."""
        return self.open(self.size)


def waits(page: Page) -> list[str]:
    """Open the home page and name the steps of what waits there, the first first."""
    page.goto("/")
    steps = page.locator("#todo [data-step]")
    return [str(step.get_attribute("data-step")) for step in steps.all()]
