"""Why a letter is not written, sent, answered or reminded of."""

from django.utils.translation import gettext_lazy as _

from zveno.kernel.errors import BadInput, DomainError


class NobodyChosen(BadInput):
    """A letter goes to somebody."""

    code = "nobody_chosen"
    message = _("Choose at least one member of the cluster.")
    field = "members"


class TooManyFiles(BadInput):
    """A letter has a few attachments."""

    code = "too_many_files"
    message = _("A letter has up to 5 attachments. Remove the others.")
    field = "file"


class DayPassed(BadInput):
    """Nobody can answer by yesterday."""

    code = "day_passed"
    message = _("This day has passed. Choose today or a later day.")
    field = "due"


class NothingToAnswer(BadInput):
    """Only an answer has a day."""

    code = "nothing_to_answer"
    message = _("No answer is awaited. Remove the day, or choose which answer you need.")
    field = "due"


class LetterSent(DomainError):
    """What was sent stays as it is."""

    code = "letter_sent"
    message = _("This letter has been sent: it can be neither changed nor deleted.")


class NotAnAnswer(BadInput):
    """An answer is what was asked for."""

    code = "not_an_answer"
    message = _("Choose an answer, or write it in a few words.")
    field = "words"


class RemindedToday(DomainError):
    """Nobody is reminded twice a day."""

    code = "reminded_today"
    message = _("You have already reminded them today. You can do it again tomorrow.")


class NobodyToRemind(DomainError):
    """Who has answered is not reminded."""

    code = "nobody_to_remind"
    message = _("Nobody has to be reminded: all have answered or opened the letter.")
