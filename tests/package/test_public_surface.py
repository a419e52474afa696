"""What `import crossplan as cp` shows, where the rest stands, and how plans are named."""

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference import REFERENCE

import crossplan as cp
from crossplan.arguments import keyword_only
from crossplan.cli import main
from crossplan.model import Plan
from crossplan.result import Result

NAMESPACES = ("any_plan", "cache", "evaluation", "results", "witnesses")
OLD_NAMES: dict[str, str] = vars(cp)["_MOVED"]
OLD_ID, NEW_ID = "2016-2020", "2026-2030"


def test_a_scholar_sees_what_a_scholar_uses() -> None:
    shown = [name for name in dir(cp) if name not in {*NAMESPACES, "errors"}]
    assert len(shown) <= 36
    assert set(dir(cp)) | {"__version__"} == set(cp.__all__)
    assert not OLD_NAMES.keys() & {*dir(cp)}


@pytest.mark.parametrize("name", NAMESPACES)
def test_a_namespace_is_small_sorted_and_documented(name: str) -> None:
    namespace = getattr(cp, name)
    assert isinstance(namespace, ModuleType)
    assert namespace.__doc__
    assert namespace.__all__ == sorted(namespace.__all__)
    assert f"crossplan.{name}" in REFERENCE
    for public in namespace.__all__:
        assert getattr(namespace, public).__doc__
        assert f"crossplan.{name}.{public}" in REFERENCE


def test_every_result_can_be_named_in_a_type_hint() -> None:
    def kinds(base: type[Any]) -> set[type[Any]]:
        return {base}.union(*map(kinds, base.__subclasses__()))

    import_module("crossplan.results")
    ours = {kind.__name__ for kind in kinds(Result) if kind.__module__.startswith("crossplan.")}
    assert ours <= set(cp.results.__all__)


def test_what_the_public_functions_return_can_be_named() -> None:
    places = [cp, *(getattr(cp, name) for name in NAMESPACES)]
    functions = [
        value
        for place in places
        for name in place.__all__
        if inspect.isfunction(value := getattr(place, name))
    ]
    known = {name for place in places for name in place.__all__}
    for function in functions:
        returned = inspect.signature(function).return_annotation
        if inspect.isclass(returned) and returned.__module__.startswith("crossplan."):
            assert returned.__name__ in known, function


@pytest.mark.parametrize("name", NAMESPACES)
def test_a_namespace_is_loaded_when_it_is_used(name: str) -> None:
    code = (
        f"import sys, crossplan as cp; before = 'crossplan.{name}' in sys.modules; "
        f"cp.{name}; print(before, 'crossplan.{name}' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "False True\n"


@pytest.mark.parametrize("old", OLD_NAMES)
def test_an_old_name_works_with_a_warning_that_names_the_new_place(old: str) -> None:
    module, _, name = OLD_NAMES[old].partition(".")
    with pytest.warns(FutureWarning, match=rf"crossplan\.{module}\.{name}\b") as caught:
        value = getattr(cp, old)
    assert value is getattr(getattr(cp, module), name)
    assert {warning.filename for warning in caught} == {__file__}


def test_an_old_name_is_imported_with_the_warning_at_the_import() -> None:
    with pytest.warns(FutureWarning, match=r"crossplan\.witnesses\.collate") as caught:
        from crossplan import collate  # type: ignore[attr-defined]
    assert collate is cp.witnesses.collate
    assert {warning.filename for warning in caught} == {__file__}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="compare_everything"):
        cp.compare_everything  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize(
    "function",
    [
        value
        for place in (cp, *(getattr(cp, name) for name in NAMESPACES))
        for name in place.__all__
        if inspect.isfunction(value := getattr(place, name))
    ],
    ids=lambda function: function.__name__,
)
def test_decisions_are_named(function: Any) -> None:
    for name, parameter in inspect.signature(function).parameters.items():
        if "decisions" in name:
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY


def test_positional_decisions_work_once_more(tmp_path: Path, plans: cp.Corpus) -> None:
    file = tmp_path / "decisions.csv"
    comparison = cp.compare_targets(OLD_ID, NEW_ID)
    comparison.to_review(file)
    with pytest.warns(FutureWarning, match="compare_targets: write decisions=") as caught:
        decided = cp.compare_targets(plans[OLD_ID], plans[NEW_ID], file)  # type: ignore[call-arg]
    assert {warning.filename for warning in caught} == {__file__}
    assert decided.table.equals(cp.compare_targets(OLD_ID, NEW_ID, decisions=file).table)
    with pytest.raises(TypeError):
        cp.compare_targets(OLD_ID, NEW_ID, file, file)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        cp.compare_targets(OLD_ID, NEW_ID, file, decisions=file)  # type: ignore[misc]


@given(st.integers(), st.integers(), st.integers())
def test_an_argument_by_position_is_the_named_one(first: int, second: int, third: int) -> None:
    @keyword_only("third")
    def function(first: int, second: int, *, third: int = 0) -> tuple[int, int, int]:
        return first, second, third

    assert function(first, second, third=third) == (first, second, third)
    with pytest.warns(FutureWarning, match="function: write third="):
        assert function(first, second, third) == (first, second, third)  # type: ignore[call-arg]


def test_plans_are_named_by_their_ids(plans: cp.Corpus, fifth: Plan) -> None:
    old, new = plans[OLD_ID], plans[NEW_ID]
    for compare in (cp.align_sections, cp.compare_targets):
        by_id, by_plan = compare(OLD_ID, NEW_ID), compare(old, new)
        assert by_id.table.equals(by_plan.table)
        assert compare(OLD_ID, new).table.equals(by_plan.table)
    assert cp.compare_measures(NEW_ID, NEW_ID).kept.equals(cp.compare_measures(new, new).kept)
    assert cp.compare_terms(NEW_ID, new).table.equals(cp.compare_terms(new, new).table)
    assert cp.extract_targets(NEW_ID).table.equals(cp.extract_targets(fifth).table)
    made = cp.evaluation.construct_predecessor(NEW_ID, seed=1)
    assert made.plan == cp.evaluation.construct_predecessor(new, seed=1).plan
    assert len(cp.any_plan.paragraphs_as_measures(NEW_ID).measures) > len(new.measures)


def test_words_are_sought_in_plans_named_by_their_ids(fifth: Plan) -> None:
    for source in (NEW_ID, [NEW_ID], cp.Corpus([NEW_ID])):
        found = cp.concordance(source, "人权教育").table
        assert found.equals(cp.concordance(fifth, "人权教育").table)
        counted = cp.term_frequencies(source).table
        assert counted.equals(cp.term_frequencies(fifth).table)


def test_a_corpus_is_made_of_plans_and_ids(plans: cp.Corpus) -> None:
    assert cp.Corpus([NEW_ID, plans[OLD_ID]]).plans == (plans[OLD_ID], plans[NEW_ID])
    assert cp.Corpus(plans).plans == plans.plans
    assert cp.Corpus({"any": plans[OLD_ID]}).plans == (plans[OLD_ID],)
    assert list(cp.Corpus(NEW_ID)) == list(cp.Corpus(plans[NEW_ID])) == [NEW_ID]
    with pytest.raises(cp.CrossplanError, match=f"two plans have the id {NEW_ID}"):
        cp.Corpus([NEW_ID, plans[NEW_ID]])
    with pytest.raises(cp.errors.NotAPlanError, match="not 7"):
        cp.Corpus([7])  # type: ignore[list-item]


def test_a_corpus_keeps_its_own_plans(plans: cp.Corpus) -> None:
    """Ids are those of the shipped series only where no corpus says otherwise."""
    uncorrected = cp.load_plans(corrections=False)
    assert cp.Corpus(uncorrected)[NEW_ID] != plans[NEW_ID]
    assert uncorrected.pair(OLD_ID, NEW_ID)[1] == uncorrected[NEW_ID]
    made = cp.report(uncorrected, old=OLD_ID, new=NEW_ID, lang="en")
    assert "corrections=False" in made.markdown


def test_what_follows_plans_takes_several(plans: cp.Corpus) -> None:
    ids = [OLD_ID, NEW_ID]
    corpus = cp.Corpus(plans[plan_id] for plan_id in ids)
    for trace in (cp.trace_sections, cp.trace_targets):
        assert trace(ids).table.equals(trace(corpus).table)
        assert trace(iter(corpus.plans)).table.equals(trace(corpus).table)
    assert cp.report(ids, lang="en").markdown == cp.report(corpus, lang="en").markdown


@pytest.mark.parametrize(
    "call",
    [
        lambda: cp.align_sections("2021-2026", NEW_ID),
        lambda: cp.compare_measures("2021-2026", NEW_ID),
        lambda: cp.compare_targets(NEW_ID, "2021-2026"),
        lambda: cp.compare_terms(NEW_ID, "2021-2026"),
        lambda: cp.concordance("2021-2026", "人权"),
        lambda: cp.trace_sections(["2021-2026", NEW_ID]),
        lambda: cp.Corpus(["2021-2026"]),
        lambda: cp.load_plan("2021-2026"),
        lambda: cp.load_plans().pair(old="2021-2026"),
        lambda: cp.load_plans()["2021-2026"],
    ],
)
def test_an_unknown_id_is_refused_with_the_known_and_the_nearest(call: Any) -> None:
    known = r"Choose from: 2009-2010, .*, 2026-2030\. Most like it: 2021-2025\."
    with pytest.raises(cp.errors.UnknownPlanError, match=rf"no plan '2021-2026'\. {known}"):
        call()


def test_targets_are_a_table_of_plans(plans: cp.Corpus, fifth: Plan) -> None:
    columns = cp.extract_targets(fifth).table.columns.to_list()
    read = fifth.to_frame("targets")
    assert read.columns.to_list() == columns
    assert set(cp.extract_targets(fifth).table["id"]) <= set(read["id"])
    curated = plans["2009-2010"].to_frame("targets")
    assert curated.columns.to_list() == columns
    assert curated["id"].to_list() == [t.id for t in plans["2009-2010"].curated_targets]
    table = plans.to_frame("targets")
    assert table.dtypes.equals(read.dtypes)
    assert set(table["plan"]) == set(plans)
    assert len(table) == sum(len(plan.to_frame("targets")) for plan in plans.values())
    assert set(table["id"]) == set(cp.trace_targets(plans).table["id"])
    with pytest.raises(cp.errors.ChoiceError, match="'targets'"):
        fifth.to_frame("words")  # type: ignore[arg-type]


@pytest.fixture
def home(tmp_path: Path, fifth: Plan) -> Path:
    """A data folder of one's own, with a text for the plan of 2026-2030."""
    place = tmp_path / "data"
    file = tmp_path / "changed.txt"
    file.write_text(fifth.text.replace("努力使", "使"), encoding="utf-8")
    cp.add_plan(NEW_ID, file, home=place)
    return place


def test_plans_are_loaded_from_a_data_folder(home: Path, fifth: Plan) -> None:
    loaded = cp.load_plan(NEW_ID, home=home)
    assert loaded.text != fifth.text
    assert cp.load_plans(home=str(home))[NEW_ID] == loaded
    assert cp.load_plan(NEW_ID) == fifth
    assert loaded.made_by == f'cp.load_plan("{NEW_ID}", home="{home}")'
    assert eval(loaded.made_by, {"cp": cp}) == loaded  # noqa: S307 - the code of our own plan
    assert f'home="{home}"' in cp.load_plans(home=home).made_by
    assert cp.load_plan(NEW_ID, home=home / "nothing here") == fifth


def test_a_damaged_text_of_a_data_folder_is_refused(home: Path) -> None:
    (text,) = home.rglob("text.txt")
    text.write_bytes(text.read_bytes() + b"\n")
    with pytest.raises(cp.errors.DamagedWitnessError, match="data"):
        cp.load_plan(NEW_ID, home=home)


@pytest.mark.parametrize(
    ("command", "compare"), [("sections", cp.align_sections), ("targets", cp.compare_targets)]
)
def test_commands_load_from_a_data_folder(
    command: str, compare: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--old", OLD_ID, "--home", str(home), "--format", "csv"])
    assert ended.value.code == 0
    plans = cp.load_plans(home=home)
    table = compare(plans[OLD_ID], plans[NEW_ID]).table
    assert capsys.readouterr().out == table.to_csv(index=False)


@pytest.mark.parametrize(
    "command",
    [
        *("report", "run", "sections", "measures", "targets", "terms"),
        *("fetch", "add", "use", "verify", "collate"),
    ],
)
def test_every_command_that_reads_plans_takes_a_data_folder(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    assert "--home" in capsys.readouterr().out


def test_texts_are_looked_after_in_a_data_folder(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # It would hold for all later tests of this process.
    monkeypatch.setattr("crossplan.cli.reports.refuse_connections", lambda: None)
    for arguments, words in (
        (["verify", NEW_ID], "changed"),
        (["use", NEW_ID, "shipped"], "shipped"),
        (["report", "--offline", "-o", str(home / "report.md")], "report.md"),
    ):
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--home", str(home)])
        assert ended.value.code == 0
        assert words in capsys.readouterr().out
    assert cp.load_plan(NEW_ID, home=home) == cp.load_plan(NEW_ID)
