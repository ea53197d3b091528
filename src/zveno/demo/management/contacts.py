"""What the demonstration tells of talks with employers."""

from datetime import timedelta
from uuid import uuid4

from zveno.correspondence import actions
from zveno.correspondence.actions import Talk
from zveno.correspondence.models import Contact
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.organisations.models import Organisation
from zveno.people.models import Post

DRIVES = "Завод электроприводов «Вектор» (пример)"
OPTICS = "Оптическое бюро «Линза» (пример)"


def tell_of_contacts(anna: Actor, college: Organisation) -> None:
    """Let the coordinator note a visit, a call about it, and a letter of long ago."""
    today = clock.today()
    with reading(SYSTEM):
        own = Post.objects.get(organisation=college, role=Post.Role.COORDINATOR)
    visit = Talk(
        key=uuid4(),
        day=today - timedelta(days=34),
        kind=Contact.Kind.VISIT,
        name=DRIVES,
        whom="Громов Павел Сергеевич, главный инженер (пример)",
        about="Экскурсия для девятых классов в сборочный цех",
        agreed="Готовы принять две группы по 12 человек в декабре, автобус наш.",
    )
    call = Talk(
        key=uuid4(),
        day=today - timedelta(days=6),
        kind=Contact.Kind.CALL,
        name=DRIVES,
        whom="Громов Павел Сергеевич, главный инженер (пример)",
        about="Даты экскурсий и список необходимых документов",
        agreed="Удобны вторники, списки нужны за неделю.",
        next_step="отправить списки первой группы",
        next_due=today + timedelta(days=8),
        next_post=own.public_id,
    )
    letter = Talk(
        key=uuid4(),
        day=today - timedelta(days=120),
        kind=Contact.Kind.LETTER,
        name=OPTICS,
        whom="отдел кадров",
        about="Предложение войти в кластер",
    )
    for talk in (visit, call, letter):
        actions.note_contact(anna, college.public_id, talk=talk)
