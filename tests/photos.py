"""Paper as a phone sees it: a page of a PDF turned, blurred, dark and grainy."""

import io

import pypdfium2
from PIL import Image, ImageFilter


def pages_of(pdf: bytes) -> list[Image.Image]:
    """Draw the pages of a PDF at the resolution of a copier."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=200 / 72).to_pil().convert("RGB") for page in document]


def photo(page: Image.Image, *, turned: float = 97) -> bytes:
    """Take a photograph of a page, with what a camera writes of itself beside it."""
    seen = page.rotate(turned, expand=True, fillcolor=(90, 80, 70))
    seen = seen.filter(ImageFilter.GaussianBlur(1.2))
    grain = Image.effect_noise(seen.size, 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Camera of Natalia"
    out = io.BytesIO()
    Image.blend(seen, grain, 0.2).save(out, "JPEG", quality=60, exif=exif)
    return out.getvalue()


def scan(pages: list[Image.Image]) -> bytes:
    """Put pages into one PDF of pictures, as a copier does."""
    out = io.BytesIO()
    first, *rest = pages
    first.save(out, "PDF", save_all=True, append_images=rest)
    return out.getvalue()


def bomb() -> bytes:
    """Return a small PNG of four hundred million pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()
