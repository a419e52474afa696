"""Names that may become names of folders, and stay where they are put."""

import re

# Windows keeps these names for devices, whatever their endings.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
SAFE_NAME = re.compile(r"\w[\w.\- ()（）—－,，]{0,119}")


def is_safe_name(name: str) -> bool:
    """Tell whether a name stays inside of the folder it is put in.

    Examples
    --------
    >>> is_safe_name("2021-2025"), is_safe_name("../2021-2025"), is_safe_name("a/b")
    (True, False, False)
    """
    return bool(SAFE_NAME.fullmatch(name)) and not name.endswith((".", " "))


def safe_name(name: str, *, longest: int = 60) -> str:
    """Make a name of any words that may name a file.

    Examples
    --------
    >>> safe_name("zh.wikisource.org:8080"), safe_name("../../etc/passwd")
    ('zh.wikisource.org-8080', 'etc-passwd')
    """
    safe = re.sub(r"[^\w.\-]+", "-", name).strip("-. _")[:longest].strip("-. _") or "text"
    return f"file-{safe}" if RESERVED.match(safe) else safe
