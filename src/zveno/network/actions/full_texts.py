"""What agreements say is kept in words that can be found."""

from zveno.network.models import Agreement
from zveno.network.models.full_texts import FullText, text_of


def _keep_text(agreement: Agreement) -> None:
    """Keep what can be found of an agreement: with its number, its parties and its drawn text."""
    FullText.objects.update_or_create(agreement=agreement, defaults={"text": text_of(agreement)})
