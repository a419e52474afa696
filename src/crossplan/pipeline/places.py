"""What the files of a folder of results are called."""

from collections.abc import Iterator

from crossplan.pipeline.manifest import MANIFEST

README = "README.md"
COPY = "analysis.toml"
CRATE = "ro-crate-metadata.json"
PACKAGE = "datapackage.json"
# What says of the others what they are, and is not listed among them.
DESCRIPTIONS = (MANIFEST, CRATE, PACKAGE)
TABLES, FIGURES, REPORTS = "tables", "figures", "reports"
# What only the run itself may write, in small letters.
OWN_NAMES = frozenset(
    name.casefold() for name in (README, COPY, *DESCRIPTIONS, TABLES, FIGURES, REPORTS)
)
# What a step gives beside its table and its first figure.
FURTHER_TABLES = ("lineages", "shared", "grid", "appearances", "overlaps", "disagreements")
FURTHER_FIGURES = ("heatmap", "rates")


def file_names(step: str) -> Iterator[str]:
    """Give the names, without endings, that the files of a step may have.

    Examples
    --------
    >>> list(file_names("terms"))[:2]
    ['terms', 'terms-lineages']
    """
    yield step
    yield from (f"{step}-{further}" for further in (*FURTHER_TABLES, *FURTHER_FIGURES))
