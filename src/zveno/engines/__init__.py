"""Arithmetic that deserves care: plain data in, plain data out; no Django, no room."""


class Refusal(ValueError):
    """Input an engine cannot use: ``code`` names why, ``facts`` tell where, never whose."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
