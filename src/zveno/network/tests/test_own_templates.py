"""An organisation's own Word template: uploaded, switched on, and what is then signed."""

import base64
from typing import Any

import pytest

from zveno.documents.actions import Upload
from zveno.documents.models import Paper, StoredFile
from zveno.kernel.errors import NotAllowed
from zveno.network import actions
from zveno.network.models import Agreement, FullText, Kind, OwnTemplate
from zveno.network.models.samples import sample_of
from zveno.network.models.template_faults import asked
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import coordinator_of, draft
from zveno.network.tests.test_sign import SCAN
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
STRANGE = Upload("template.docx", "text/plain", b"PK\x03\x04 no document")


def beginning(kind: str = Kind.COOPERATION) -> Upload:
    """Return the template Zveno offers to begin from."""
    made = asked({"do": "start", "told": sample_of(kind)})
    return Upload("Наш договор.docx", "", base64.b64decode(made["docx"]))


def switched_on(agreement: Agreement) -> OwnTemplate:
    """Let the base of an agreement draw by a template of its own."""
    base = agreement.cluster.base
    clerk = coordinator_of(agreement)
    kept = actions.save_template(clerk, base.public_id, kind=agreement.kind, upload=beginning())
    actions.use_template(clerk, base.public_id, kind=agreement.kind, number=kept.number)
    return kept


def sent() -> tuple[Agreement, OwnTemplate]:
    """Send an agreement drawn by a template."""
    agreement = draft()
    kept = switched_on(agreement)
    actions.send_agreement(coordinator_of(agreement), agreement.public_id)
    agreement.refresh_from_db()
    return agreement, kept


def files_of(agreement: Agreement) -> tuple[StoredFile, StoredFile]:
    paper = Paper.objects.select_related("pdf", "docx").get(pk=agreement.paper_id)
    assert paper.pdf
    assert paper.docx
    return paper.pdf, paper.docx


def words_of(blocks: list[dict[str, Any]]) -> str:
    said = [text for block in blocks for text in block["texts"]]
    said += [cell for block in blocks for row in block["rows"] for cell in row]
    return " ".join(" ".join(said).split())


@pytest.mark.parametrize("kind", Kind.values)
def test_the_template_to_begin_from_is_taken_for_every_kind(kind: str) -> None:
    agreement = draft()
    base, clerk = agreement.cluster.base, coordinator_of(agreement)

    kept = actions.save_template(clerk, base.public_id, kind=kind, upload=beginning(kind))

    assert (kept.number, kept.current, kept.saved_by_id) == (1, False, clerk.person)
    assert kept.file.name == f"{kind}-1.docx"


def test_what_is_uploaded_again_is_no_new_version_and_anything_else_is_refused() -> None:
    agreement = draft()
    base, clerk = agreement.cluster.base, coordinator_of(agreement)

    first = actions.save_template(clerk, base.public_id, kind=agreement.kind, upload=beginning())
    again = actions.save_template(clerk, base.public_id, kind=agreement.kind, upload=beginning())
    with pytest.raises(actions.TemplateUnclear, match="не читается"):
        actions.save_template(clerk, base.public_id, kind=agreement.kind, upload=STRANGE)

    assert first == again
    assert OwnTemplate.objects.count() == 1


def test_only_who_words_agreements_keeps_templates() -> None:
    agreement = draft()
    base = agreement.cluster.base
    for actor in (people.actor(base, Post.Role.TEACHER), people.actor(base)):
        with pytest.raises(NotAllowed):
            actions.save_template(actor, base.public_id, kind=agreement.kind, upload=beginning())
    assert not OwnTemplate.objects.exists()


def test_one_version_is_in_use_and_zveno_draws_again_when_it_is_switched_off() -> None:
    agreement = draft()
    base, clerk = agreement.cluster.base, coordinator_of(agreement)
    switched_on(agreement)

    actions.use_template(clerk, base.public_id, kind=agreement.kind, number=0)

    assert OwnTemplate.objects.in_use(base, agreement.kind) is None
    with pytest.raises(actions.NoSuchTemplate):
        actions.use_template(clerk, base.public_id, kind=agreement.kind, number=2)


def test_what_is_sent_is_drawn_by_the_template_and_tells_what_zveno_would() -> None:
    agreement = draft()
    content = Paper.objects.get(pk=agreement.paper_id).content
    kept = switched_on(agreement)

    actions.send_agreement(coordinator_of(agreement), agreement.public_id)

    agreement.refresh_from_db()
    drawn = words_of(Paper.objects.get(pk=agreement.paper_id).content["blocks"])
    assert agreement.template == kept
    assert agreement.signed_as == "docx"
    for block in content["blocks"]:
        for text in [*block["texts"], *(cell for row in block["rows"] for cell in row)]:
            assert " ".join(text.split()).rstrip(".;") in drawn
    found = FullText.objects.get(agreement=agreement).text
    assert "Координатор обязуется" in found


def test_the_docx_is_what_is_signed_and_the_pdf_is_named_a_copy() -> None:
    agreement, _kept = sent()
    pdf, docx = files_of(agreement)
    clerk = coordinator_of(agreement)
    party = agreement.parties.order_by("place")[0]

    actions.file_scan(clerk, party.public_id, upload=SCAN)

    party.refresh_from_db()
    assert party.signed_hash == docx.sha256 != pdf.sha256
    assert "копия для чтения" in pdf.name
    assert agreement.original == docx


def test_what_is_sent_does_not_change_with_the_template_and_what_is_taken_back_does() -> None:
    agreement, _kept = sent()
    clerk = coordinator_of(agreement)
    base, (_pdf, docx) = agreement.cluster.base, files_of(agreement)

    actions.use_template(clerk, base.public_id, kind=agreement.kind, number=0)
    assert files_of(agreement)[1] == docx
    actions.withdraw_agreement(clerk, agreement.public_id, reason="Ошибка")
    actions.send_agreement(clerk, agreement.public_id)

    agreement.refresh_from_db()
    assert agreement.template is None
    assert agreement.signed_as == "pdf"


def test_the_head_may_switch_it_on_as_well() -> None:
    base = organisations.college()
    made = make.template(base)
    head = people.actor(base, Post.Role.HEAD)

    actions.use_template(head, base.public_id, kind=made.kind, number=made.number)

    made.refresh_from_db()
    assert made.current
