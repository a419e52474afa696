"""Adding a file as the text of a plan, and choosing which text is read."""

from pathlib import Path

from crossplan.acquisition.intake import Origin, examine, require_chinese, store
from crossplan.acquisition.verification import (
    Verification,
    check_plan,
    check_stored,
    verification,
)
from crossplan.corpora.catalog import Series, read_series
from crossplan.corpora.load import DEFAULT_SERIES
from crossplan.corpora.store import SHIPPED, find_series, find_witness, put_in_use, witness_folders
from crossplan.errors import DamagedWitnessError, UnknownWitnessError
from crossplan.readers.document import read_file


def add_plan(
    plan_id: str,
    file: str | Path,
    *,
    series: str | Path = DEFAULT_SERIES,
    home: str | Path | None = None,
) -> Verification:
    """Add a file as the text of a plan and make it the text that is read.

    The plan is cut out of the file with its outline, and known damage is repaired. The
    text is stored with the original file and with ``source.json``, which lists the
    repairs.

    Parameters
    ----------
    plan_id : str
        Id of a plan of the series.
    file : str or Path
        Text (UTF-8, UTF-16 or GB18030), HTML, DOCX, PDF with a text layer, wikitext, or
        a folder with the pages of one document.
    series : str or Path
        Name of a shipped series, or path of the folder of a series.
    home : str or Path, optional
        The data folder; by default ``CROSSPLAN_HOME``, or the usual place of the system.

    Returns
    -------
    Verification
        The verification of the text that was added.

    Raises
    ------
    UnknownPlanError
        If the series has no plan of that id.
    LanguageError
        If the series is not in Chinese.
    UnreadableTextError
        If the file cannot be read.
    NotThePlanError
        If it is not the text of the plan. Nothing is stored in this case.
    OutputError
        If the data folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import crossplan as cp
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     copy = Path(folder) / "copy.txt"
    ...     _ = copy.write_text(cp.load_plan("2026-2030").text, encoding="utf-8")
    ...     added = cp.add_plan("2026-2030", copy, home=folder)
    >>> added.table["verdict"].to_list()
    ['complete']
    """
    described = described_plan(series, plan_id)
    require_chinese(described)
    document = read_file(file)
    candidate = examine(described, plan_id, document, Origin("added", document.name))
    return verification([store(described, candidate, home=home)])


def use_witness(
    plan_id: str,
    name: str,
    *,
    series: str | Path = DEFAULT_SERIES,
    home: str | Path | None = None,
) -> Verification:
    """Choose which text of a plan is read: a stored one or the shipped one.

    Parameters
    ----------
    plan_id : str
    name : str
        Name of the text, from the column witness of :func:`verify_plans`; ``shipped`` for
        the text that comes with the series.
    series : str or Path
    home : str or Path, optional

    Returns
    -------
    Verification
        The verification of all texts of the plan.

    Raises
    ------
    UnknownPlanError, UnknownWitnessError
    DamagedWitnessError
        If the text has changed since it was stored.

    Examples
    --------
    >>> import tempfile
    >>> import crossplan as cp
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     used = cp.witnesses.use_witness("2026-2030", "shipped", home=folder)
    >>> used.table["witness"].to_list()
    ['shipped']
    """
    described = described_plan(series, plan_id)
    stored = witness_folders(described.record.id, plan_id, home)
    if name == SHIPPED:
        if described.plans[plan_id].witness is None:
            raise UnknownWitnessError(name, plan_id, [folder.name for folder in stored])
    else:
        folder = find_witness(stored, name, plan_id)
        checked = check_stored(described, plan_id, folder, in_use=True)
        if checked.plan is None:
            raise DamagedWitnessError(folder, checked.refusal)
    put_in_use(described.record.id, plan_id, name, home)
    return verification(list(check_plan(described, plan_id, home)))


def described_plan(series: str | Path, plan_id: str) -> Series:
    """Read a series, and raise an error if it has no plan of that id."""
    described = read_series(find_series(series))
    described.wanted(plan_id)
    return described
