"""How large a source may be; everything is checked before it is unpacked or taken apart."""

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_LINES = 40_000
MAX_COLUMNS = 400
MAX_CELLS = 2_000_000
MAX_CELL_LENGTH = 32_767
MAX_ENTRIES = 1_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 250
RATIO_FREE_BYTES = 1024 * 1024
MAX_SHEETS = 60
