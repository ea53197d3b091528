"""Scans and photographs of forms: each page upright and small, with what its QR codes say."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

from zveno.engines import Refusal

MOST_PAGES = 100
MOST_PIXELS = 50_000_000
"""A phone of 50 megapixels; more is a mistake or an attack."""
SIDE = 2000
"""The longer side of what is kept: an A4 sheet at 170 dots an inch."""
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_SHARP = 3200
_POINTS = 72
_LARGEST_SHEET = 200 * _POINTS


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what its codes say, in their order of reading, and a grey JPEG of it.

    The JPEG is made anew, so nothing of the camera (place, owner, moment) is in it.
    """

    codes: tuple[str, ...]
    image: bytes


def read(data: bytes) -> list[Page]:
    """Read the pages of a PDF, or the one of a JPEG or PNG.

    Refuses (``Refusal``) what is none of them or broken (``unreadable``), too many pages
    (``too_many_pages``) and too large an image (``too_large``).
    """
    pages = _of_pdf(data) if data.startswith(b"%PDF-") else _of_image(data)
    return [_read(page) for page in pages]


def _of_image(data: bytes) -> Iterator[Image.Image]:
    try:
        with _opened(data) as opened:
            opened.draft("L", (_SHARP, _SHARP))
            upright = ImageOps.exif_transpose(opened)
            yield _grey(upright)
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refusal("too_large") from bomb
    except (OSError, SyntaxError, ValueError) as broken:
        raise Refusal("unreadable") from broken


def _opened(data: bytes) -> Image.Image:
    """Read no more than the size: what is packed is not unpacked before that is known."""
    opened = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
    if opened.width * opened.height > MOST_PIXELS:
        raise Refusal("too_large")
    return opened


def _of_pdf(data: bytes) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
        if len(document) > MOST_PAGES:
            raise Refusal("too_many_pages", most=MOST_PAGES)
        for page in document:
            longer = max(page.get_size())
            if longer > _LARGEST_SHEET:
                raise Refusal("too_large")
            drawn = page.render(scale=_SHARP / max(longer, 1), grayscale=True)
            yield _grey(drawn.to_pil())
    except pypdfium2.PdfiumError as broken:
        raise Refusal("unreadable") from broken


def _grey(image: Image.Image) -> Image.Image:
    """Return it on white, in grey, at most as sharp as a code needs."""
    if image.has_transparency_data:
        coloured = image.convert("RGBA")
        white = Image.new("RGBA", coloured.size, "white")
        image = Image.alpha_composite(white, coloured)
    grey = image.convert("L")
    grey.thumbnail((_SHARP, _SHARP))
    return grey


def _read(page: Image.Image) -> Page:
    found = _codes(page)
    if found:
        quarter = round(found[0].orientation / 90) * 90 % 360
        page = page.rotate(quarter, expand=True)
    page.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=70, optimize=True)
    return Page(tuple(each.text for each in found), out.getvalue())


def _codes(page: Image.Image) -> list[zxingcpp.Barcode]:
    """Look as it is, then with more contrast, then smaller: noise of a camera goes with size."""
    contrast = ImageOps.autocontrast(page, cutoff=2)
    smaller = (contrast.reduce(2), contrast.reduce(3))
    for each in (page, contrast, *smaller):
        if found := zxingcpp.read_barcodes(each, formats=QR):
            return list(found)
    return []
