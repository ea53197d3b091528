"""What a verb refuses of what was typed is said beside the field."""

from types import TracebackType

from django.forms import BaseForm

from zveno.kernel.errors import BadInput


class RefusalsIn:
    """Runs a verb: bad input becomes an error of the form, and the code after the block goes on."""

    def __init__(self, form: BaseForm) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Keep bad input from going further; nothing else."""
        if not isinstance(error, BadInput):
            return False
        field = error.field if error.field in self.form.fields else None
        self.form.add_error(field, str(error))
        return True
