"""A draft that waits for review: the director is asked to read it before it goes out."""

from zveno.demo.management.story import TOLD, acting
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import Amended
from zveno.network.models import Agreement
from zveno.people import actions as people
from zveno.people.models import Post

DIRECTOR = {
    "name": "andrey",
    "family_name": "Соколов",
    "given_name": "Андрей",
    "role": "head",
    "title": "директор (пример)",
}
CHANGE = Amended(
    "4.3",
    "Рабочая группа собирается один раз в месяц, в том числе в дистанционном формате. "
    "Протокол Координатор направляет Сторонам в течение трёх рабочих дней.",
)


def tell() -> None:
    """Let the director sign in; let the coordinator draw an amendment and ask for a review."""
    anna = acting("anna")
    with reading(SYSTEM):
        signed = Agreement.objects.filter(cluster__name=TOLD["cluster"]).earliest("pk")
        posts = Post.objects.filter(organisation=signed.cluster.base, role=Post.Role.HEAD)
        director = posts.select_related("person").get()
    people.open_account(
        SYSTEM,
        director.person.public_id,
        sign_in_name=DIRECTOR["name"],
        password=TOLD["password"],
    )
    draft = network.start_amendment(anna, signed.public_id, changes=[CHANGE])
    network.ask_review(anna, draft.public_id, reviewer=director.public_id)
