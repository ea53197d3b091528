"""What the desk shows, what it asks on every page, and the few records of its own."""

from zveno.desk.models.frame import Place, Shell, Todo
from zveno.desk.models.records import LASTS, MANY, Audited, ExportRequest

__all__ = ["LASTS", "MANY", "Audited", "ExportRequest", "Place", "Shell", "Todo"]
