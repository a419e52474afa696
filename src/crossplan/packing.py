"""Office files (.xlsx, .docx) packed so that two runs give the same bytes."""

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PROPERTIES = "docProps/core.xml"
UNIX = 3
CLOCK = re.compile(rb">[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z<")


def without_clock(file: io.BytesIO) -> bytes:
    """Pack an office file again without the times at which it was made."""
    result = io.BytesIO()
    with ZipFile(file) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == PROPERTIES:
                data = CLOCK.sub(b">2000-01-01T00:00:00Z<", data)
            entry = ZipInfo(name)
            # Else it would tell whether it was made on Windows.
            entry.create_system = UNIX
            target.writestr(entry, data, ZIP_DEFLATED)
    return result.getvalue()
