"""The manifest of a folder of results: ``manifest.json``."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from crossplan.corpora.store import is_safe_name
from crossplan.display import Cell, Cells
from crossplan.errors import ManifestError
from crossplan.labels import Language
from crossplan.model import Certainty

MANIFEST = "manifest.json"
README = "README.md"
COPY = "analysis.toml"
CRATE = "ro-crate-metadata.json"
PACKAGE = "datapackage.json"
# What describes the others, and is not listed among them.
DESCRIPTIONS = (MANIFEST, CRATE, PACKAGE)
TABLES, FIGURES, REPORTS = "tables", "figures", "reports"
# What only the run itself may write, in small letters.
OWN_NAMES = frozenset(
    name.casefold() for name in (README, COPY, *DESCRIPTIONS, TABLES, FIGURES, REPORTS)
)
Role = Literal["analysis", "series", "text", "decisions", "words"]
Kind = Literal["table", "figure", "report", "copy", "readme"]
_Checksum = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]

FILES_SHOWN = 30


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The base of all entries: unknown keys are refused."""


class Input(_Entry, frozen=True, kw_only=True):
    """A file that was read.

    Attributes
    ----------
    role : {"analysis", "series", "text", "decisions", "words"}
    name : str
        Names it for people; no path of a machine.
    sha256 : str
        Of its bytes.
    source, address : str
        Who published it, and where; empty if that is not known.
    plan : str
        The plan it belongs to, if it belongs to one.
    """

    role: Role
    name: str
    sha256: _Checksum
    source: str = ""
    address: str = ""
    plan: str = ""


class Output(_Entry, frozen=True, kw_only=True):
    """A file of the folder.

    Attributes
    ----------
    path : str
        Within the folder, with ``/``.
    kind : {"table", "figure", "report", "copy", "readme"}
    media_type : str
    sha256 : str
    size : int
        In bytes.
    title, title_en : str
        Its caption in Chinese and in English.
    step : str
        The step of the analysis that made it.
    rows : int or None
        Of a table.
    """

    path: str
    kind: Kind
    media_type: str
    sha256: _Checksum
    size: int
    title: str
    title_en: str
    step: str = ""
    rows: int | None = None

    def __post_init__(self) -> None:
        # Folders are replaced and checked by these paths, so they must stay inside.
        if not all(is_safe_name(part) for part in self.path.split("/")):
            msg = f"the path {self.path!r} leads out of the folder"
            raise ValueError(msg)


class Left(_Entry, frozen=True, kw_only=True):
    """A step that was left out, and why."""

    step: str
    reason: str


class CorrectionNote(_Entry, frozen=True, kw_only=True):
    """A reading of the critical apparatus, and whether it was put into the text."""

    plan: str
    witness: str
    corrected: str
    certainty: Certainty
    applied: bool
    reason: str
    reason_en: str


class Manifest(_Entry, frozen=True, kw_only=True):
    """Everything that a folder of results was made from, by and into.

    Attributes
    ----------
    name : str
        Of the analysis, and of the folder.
    title, title_en, description, description_en : str
    published : date
        The date that the analysis declares; no clock is read.
    authors : tuple of str
    lang : {"zh", "en"}
    parameters : dict
        The declaration with its defaults, and the fixed thresholds of the method.
    inputs : tuple of Input
    corrections : tuple of CorrectionNote
    left_out : tuple of Left
    packages : dict
        Versions by name: Those of crossplan, Python, and the packages that computed the
        results.
    command : str
        Repeats the analysis.
    outputs : tuple of Output

    Examples
    --------
    >>> from datetime import date
    >>> manifest = Manifest(
    ...     name="five-plans", title="五期计划", title_en="Five plans", description="…",
    ...     description_en="…", published=date(2026, 11, 27), lang="en",
    ...     packages={"python": "3.13.1", "crossplan": "0.1.0"},
    ...     command="crossplan run five-plans.toml",
    ... )
    >>> Manifest.from_json(manifest.to_json()) == manifest
    True
    """

    format: Literal["crossplan-manifest/1"] = "crossplan-manifest/1"
    name: str
    title: str
    title_en: str
    description: str
    description_en: str
    published: date
    authors: tuple[str, ...] = ()
    lang: Language
    parameters: dict[str, Any] = {}
    inputs: tuple[Input, ...] = ()
    corrections: tuple[CorrectionNote, ...] = ()
    left_out: tuple[Left, ...] = ()
    packages: dict[str, str]
    command: str
    outputs: tuple[Output, ...] = ()

    def to_json(self) -> bytes:
        """Return the manifest as JSON, with the packages sorted by name."""
        return as_json(msgspec.structs.replace(self, packages=dict(sorted(self.packages.items()))))

    @classmethod
    def from_json(cls, data: bytes, path: str | Path = MANIFEST) -> "Manifest":
        """Read a manifest; `path` names the file in errors.

        Raises
        ------
        ManifestError
            If it is not JSON, or not a manifest of this format.
        """
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ManifestError(Path(path), str(error)) from error


def checksum(data: bytes) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(data).hexdigest()


def as_json(content: Any) -> bytes:
    """Return readable JSON: UTF-8, with a line for each value."""
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def analysis_name(manifest: "Manifest") -> Cells:
    """Return the title and the name of an analysis."""
    return Cell(manifest.title, "quoted"), Cell(" "), Cell(manifest.name, "small")
