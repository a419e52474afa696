"""Where links lead: to places in the report, and to web addresses."""

from urllib.parse import quote, urlsplit

# Longer ones a workbook does not take.
_LONGEST = 2000


def place_of(to: str) -> str:
    """Return the id of the place in the report that a link leads to; empty if to none.

    Examples
    --------
    >>> place_of("#2026-2030/1.5/3"), place_of("https://example.org/#a")
    ('2026-2030/1.5/3', '')
    """
    return to[1:] if to.startswith("#") else ""


def web_address(to: str) -> str:
    """Return a web address, written so that every program takes it; empty if it is none.

    Examples
    --------
    >>> web_address("https://example.org/人权?a=1"), web_address("javascript:1")
    ('https://example.org/%E4%BA%BA%E6%9D%83?a=1', '')
    """
    try:
        parts = urlsplit(to)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    path, query, fragment = (
        quote(part, safe="%/:=&?~+!$,;'@", errors="replace") for part in parts[2:]
    )
    host = quote(parts.netloc, safe="%:@.-_[]~", errors="replace")
    address = f"{parts.scheme}://{host}{path}"
    address += f"?{query}" if query else ""
    address += f"#{fragment}" if fragment else ""
    return address if len(address) <= _LONGEST else ""
