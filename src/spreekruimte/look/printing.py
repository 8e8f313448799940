"""Pages as tagged PDF (PDF/UA-1), for who prints, archives or listens."""

from __future__ import annotations

from functools import cache


@cache
def find_obstacle() -> str | None:
    """Say what keeps this machine from making PDFs; None if nothing does."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        # WeasyPrint draws text with Pango, a library of the system.
        return str(error).partition("\n")[0]
    return None


def print_page(page: str) -> bytes:
    """Write a page as a tagged PDF.

    Parameters
    ----------
    page
        HTML that holds all that it shows: nothing is read from a network or a disk.

    Raises
    ------
    OSError
        Where the library that draws text is missing; see `find_obstacle`.
    """
    # Only now: it takes a while to load, and is missing on some machines.
    import weasyprint
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    document = weasyprint.HTML(string=page, url_fetcher=fetcher)
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return written
