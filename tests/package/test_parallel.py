"""Work in several processes: the same results as in one, and nothing lost with a process."""

import gc
import inspect
import pickle
import random
import threading
import typing
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import elsewhere
import joblib
import material
import pandas as pd
import pytest
from joblib.externals.loky import get_reusable_executor
from processes import SECONDS

import crossplan as cp
from crossplan import errors
from crossplan.corpora.corpus import Corpus
from crossplan.errors import ArgumentError, ChoiceError, CrossplanError, WorkerError
from crossplan.matching.large_corpora.all_pairs_search import Evidence, near_texts, pieces
from crossplan.matching.large_corpora.join import pool_of
from crossplan.model import Passage, Plan, PlanReference
from crossplan.model.reference import OPEN, read_once
from crossplan.parallel import With, in_parallel
from crossplan.words.options import WordOptions
from crossplan.words.segment import segmenter

if TYPE_CHECKING:
    import distributed

Tables = list[pd.DataFrame]
TERMS = ["人权", "发展", "数字*", "没有的词"]
GROUPS = {"法": ["法治", "法律", "依法"], "人": ["人民", "人权"]}


def frequencies(corpus: Corpus, n_jobs: Any = None) -> Tables:
    counted = cp.term_frequencies(corpus, by="section", ngrams=(1, 2), n_jobs=n_jobs)
    return [counted.table, counted.wide("tf_idf")]


def frequencies_of_groups(corpus: Corpus, n_jobs: Any = None) -> Tables:
    counted = cp.term_frequencies(corpus, groups=GROUPS, n_jobs=n_jobs)
    return [counted.table, counted.overlaps]


def traced_terms(corpus: Corpus, n_jobs: Any = None) -> Tables:
    trace = cp.trace_terms(corpus, TERMS, n_jobs=n_jobs)
    return [trace.table, trace.grid, trace.appearances]


def traced_targets(corpus: Corpus, n_jobs: Any = None) -> Tables:
    trace = cp.trace_targets(corpus, n_jobs=n_jobs)
    return [trace.table, trace.grid, trace.given_up, trace.disagreements.table]


def traced_sections(corpus: Corpus, n_jobs: Any = None) -> Tables:
    trace = cp.trace_sections(corpus, n_jobs=n_jobs)
    return [trace.table, trace.candidates]


def traced_measures(corpus: Corpus, n_jobs: Any = None) -> Tables:
    lineage = cp.trace_measures(corpus, n_jobs=n_jobs)
    return [lineage.table, lineage.lineages]


def shared_measures(corpus: Corpus, n_jobs: Any = None) -> Tables:
    shared = cp.any_plan.compare_all_measures(corpus, n_jobs=n_jobs)
    return [shared.table, shared.by_plans]


EVERY = [
    frequencies,
    frequencies_of_groups,
    traced_terms,
    traced_targets,
    traced_sections,
    traced_measures,
    shared_measures,
]
Function = Callable[..., Tables]


@pytest.fixture(scope="module")
def texts(fifth: Plan) -> list[Plan]:
    """The fifth plan, constructed ones, and real reports where they are at hand."""
    reports = [
        material.report(year) for year in material.LINES if material.report_path(year).exists()
    ]
    return [
        *(cp.evaluation.construct_predecessor(fifth, seed).plan for seed in (1, 2)),
        fifth,
        *reports,
    ]


@pytest.fixture(scope="module")
def given(texts: list[Plan]) -> Corpus:
    return Corpus(texts)


@pytest.fixture(scope="module")
def lazy(texts: list[Plan], tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return elsewhere.stored(texts, tmp_path_factory.mktemp("plans"))


@pytest.fixture(scope="module", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    get_reusable_executor().shutdown(wait=True)


@pytest.fixture(scope="module")
def serial(given: Corpus) -> dict[Function, Tables]:
    return {function: function(given) for function in EVERY}


def same(found: Tables, expected: Tables) -> None:
    for one, other in zip(found, expected, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.slow
@pytest.mark.parametrize("function", EVERY)
def test_two_processes_give_what_one_gives_whatever_the_order_of_plans(
    function: Function, texts: list[Plan], serial: dict[Function, Tables]
) -> None:
    same(function(Corpus(random.Random(1).sample(texts, len(texts))), 2), serial[function])


@pytest.mark.parametrize("function", EVERY)
@pytest.mark.parametrize("n_jobs", [None, material.slow(2)])
def test_plans_that_are_read_when_asked_for_give_the_same(
    function: Function, n_jobs: int | None, lazy: Corpus, serial: dict[Function, Tables]
) -> None:
    same(function(lazy, n_jobs), serial[function])


@pytest.mark.parametrize("function", EVERY)
def test_threads_give_the_same(
    function: Function, lazy: Corpus, serial: dict[Function, Tables]
) -> None:
    with joblib.parallel_config("threading", n_jobs=2):
        same(function(lazy), serial[function])


@pytest.mark.slow
def test_plans_without_text_take_part(plans: Corpus) -> None:
    for function in (traced_terms, traced_targets, traced_sections):
        same(function(plans, 2), function(plans))


@pytest.mark.parametrize("function", EVERY)
@pytest.mark.parametrize("n_jobs", [0, "two", 1.5, True])
def test_what_is_no_number_of_processes_is_refused(
    function: Function, n_jobs: object, given: Corpus
) -> None:
    with pytest.raises(ChoiceError, match="n_jobs="):
        function(given, n_jobs)


@pytest.mark.slow
def test_both_engines_travel(given: Corpus, serial: dict[Function, Tables]) -> None:
    for name in ("jieba", "rjieba"):
        options = WordOptions(segmenter=name)
        counted = cp.term_frequencies(given, by="section", ngrams=(1, 2), words=options, n_jobs=2)
        same([counted.table], serial[frequencies][:1])


def test_a_segmenter_that_arrives_is_the_one_that_is_there(fifth: Plan) -> None:
    one = segmenter(lexicon=fifth.lexicon)
    assert pickle.loads(pickle.dumps(one)) is one  # noqa: S301 - made here
    assert len(pickle.dumps(one)) < 20_000


def test_results_hold_no_text(tmp_path: Path) -> None:
    texts = [
        material.constructed_plan(f"made-{year}", year, {"构造": [f"构造的举措{year}，提高10%。"]})
        for year in range(2000, 2000 + OPEN + 5)
    ]
    corpus = elsewhere.stored(texts, tmp_path)
    ids = set(corpus)
    del texts
    results = (
        cp.term_frequencies(corpus, by="measure"),
        cp.trace_terms(corpus, "构造"),
        cp.trace_targets(corpus),
        cp.trace_sections(corpus),
    )
    read_once.cache_clear()
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, Passage)]
    assert not [passage.id for passage in held if passage.id.partition("/")[0] in ids]
    assert all(len(result.plans) == len(ids) for result in results)


@pytest.mark.slow
def test_a_killed_process_is_told_and_the_next_call_works(
    given: Corpus, serial: dict[Function, Tables]
) -> None:
    deadly = WordOptions(segmenter=elsewhere.Deadly())
    with pytest.raises(WorkerError, match="n_jobs=2, a process was ended"):
        cp.term_frequencies(given, words=deadly, n_jobs=2)
    same(frequencies(given, 2), serial[frequencies])


def test_what_cannot_be_sent_is_refused_and_one_process_does_without(given: Corpus) -> None:
    loose = WordOptions(segmenter=elsewhere.Loose())
    with pytest.raises(ArgumentError, match="n_jobs=1"):
        cp.term_frequencies(given, words=loose, n_jobs=2)
    with pytest.raises(ArgumentError, match="n_jobs=1"):
        list(in_parallel(str, [threading.Lock(), threading.Lock()], n_jobs=2))
    expected = cp.term_frequencies(given, words=WordOptions(segmenter=elsewhere.OneByOne()))
    same([cp.term_frequencies(given, words=loose, n_jobs=1).table], [expected.table])
    with joblib.parallel_config("threading", n_jobs=2):
        same([cp.term_frequencies(given, words=loose).table], [expected.table])


@pytest.mark.slow
def test_a_segmenter_that_was_made_in_a_notebook_is_sent(given: Corpus) -> None:
    class Here(elsewhere.OneByOne):
        """No other process can import it."""

    expected = cp.term_frequencies(given, words=WordOptions(segmenter=elsewhere.OneByOne()))
    found = cp.term_frequencies(given, words=WordOptions(segmenter=Here()), n_jobs=2)
    same([found.table], [expected.table])


@pytest.mark.slow
@pytest.mark.parametrize("function", EVERY)
def test_errors_of_other_processes_arrive_as_themselves(
    function: Function, given: Corpus, tmp_path: Path
) -> None:
    changed = elsewhere.Changed(tmp_path / "plan.txt")
    corpus = Corpus([*given.plans[1:], PlanReference.of(given.plans[0], changed)])
    with pytest.raises(errors.UnreadableTextError) as raised:
        function(corpus, 2)
    assert str(raised.value) == f"{changed.path}: the file has changed. Make the corpus anew."
    assert raised.value.path == changed.path


def test_a_segmenter_that_loses_words_is_named_from_everywhere(given: Corpus) -> None:
    forgetful = WordOptions(segmenter=elsewhere.Forgetful())
    for n_jobs in (1, 2):
        with pytest.raises(CrossplanError, match="forgetful does not give the text again"):
            cp.term_frequencies(given, words=forgetful, n_jobs=n_jobs)


def test_a_plan_without_text_is_named_before_any_is_read(plans: Corpus) -> None:
    for n_jobs in (1, 2):
        with pytest.raises(errors.MissingTextError, match="2009-2010"):
            cp.term_frequencies(plans, n_jobs=n_jobs)


def kinds(base: type[CrossplanError]) -> Iterator[type[CrossplanError]]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


# Something for each kind of argument that an error is made of.
SAMPLES: dict[object, object] = {
    str: "名称",
    int: 3,
    bool: False,
    object: "something",
    Path: Path("folder/file.txt"),
    Path | str: Path("folder/file.txt"),
    int | None: 3,
    Iterable[str]: ["one", "other"],
    Iterable[object]: ["one", 2],
    tuple[int, ...]: (1, 2),
    Iterable[tuple[int | None, str]]: [(1, "empty")],
    Iterable[tuple[Path, str]]: [(Path("file.txt"), "empty")],
}


@pytest.mark.parametrize("kind", list(kinds(CrossplanError)))
def test_every_error_travels_with_its_message(kind: type[CrossplanError]) -> None:
    hints = typing.get_type_hints(kind.__init__)
    error = kind(
        *(
            SAMPLES[hints[name]]
            for name, parameter in inspect.signature(kind).parameters.items()
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
        )
    )
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        arrived = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - made here
        assert type(arrived) is kind
        assert str(arrived) == str(error) != ""
        assert vars(arrived) == vars(error)


@contextmanager
def two_processes_of_dask() -> "Iterator[distributed.Client]":
    """Begin a Dask cluster on this machine."""
    with warnings.catch_warnings():
        # It imports what its own dependencies have given up.
        warnings.simplefilter("ignore", DeprecationWarning)
        import distributed

    with (
        distributed.LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            # Its own port would be the same for every cluster of this machine.
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
        ) as two,
        distributed.Client(two) as client,  # type: ignore[no-untyped-call]
    ):
        yield client


@pytest.fixture(scope="module")
def cluster() -> "Iterator[distributed.Client]":
    with two_processes_of_dask() as client:
        yield client


@pytest.fixture
def dask(cluster: "distributed.Client") -> Iterator[None]:
    cluster.wait_for_workers(2, timeout=SECONDS)
    with joblib.parallel_config("dask"):
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("dask")
@pytest.mark.parametrize("function", EVERY)
def test_a_dask_cluster_gives_what_one_process_gives(
    function: Function, lazy: Corpus, serial: dict[Function, Tables]
) -> None:
    same(function(lazy), serial[function])


@pytest.mark.slow
@pytest.mark.usefixtures("dask")
def test_a_process_of_dask_that_is_killed_loses_and_doubles_nothing(
    given: Corpus, tmp_path: Path
) -> None:
    mark = tmp_path / "killed"
    options = WordOptions(segmenter=elsewhere.DeadlyOnce(mark))
    found = cp.term_frequencies(given, by="section", words=options)
    assert mark.exists()
    expected = cp.term_frequencies(given, by="section", words=options, n_jobs=1)
    same([found.table], [expected.table])


@pytest.mark.slow
@pytest.mark.usefixtures("dask")
def test_what_all_items_share_outlives_a_process_that_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    adding = With(elsewhere.deadly_sum, (mark, [*range(1000)]))
    assert list(in_parallel(adding, range(20))) == [499_500 + item for item in range(20)]
    assert mark.exists()


@pytest.mark.slow
def test_what_all_items_share_travels_with_none_of_them(given: Corpus) -> None:
    pool = pool_of(given.entries, 1)
    evidence = Evidence.of(pool, 1)
    near = near_texts(evidence, pool, 3, 1)
    whole = len(pickle.dumps(evidence))
    assert all(len(pickle.dumps(work)) < whole / 20 for work in pieces(evidence, near))
    search = With(elsewhere.deadly_sum, (Path(), [1, 2]))
    assert list(in_parallel(search, [1, 2], n_jobs=2)) == [4, 5]


@pytest.mark.slow
@pytest.mark.usefixtures("dask")
def test_errors_of_dask_arrive_as_themselves(given: Corpus, tmp_path: Path) -> None:
    changed = PlanReference.of(given.plans[0], elsewhere.Changed(tmp_path / "plan.txt"))
    with pytest.raises(errors.UnreadableTextError, match="the file has changed"):
        cp.trace_targets(Corpus([*given.plans[1:], changed]))


@pytest.mark.slow
def test_work_that_kills_every_process_of_dask_is_given_up(given: Corpus) -> None:
    import dask.config

    deadly = WordOptions(segmenter=elsewhere.Deadly())
    # Of a cluster so ill-used, Dask does not always begin every process again.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        two_processes_of_dask(),
        joblib.parallel_config("dask"),
        pytest.raises(WorkerError, match="Dask cluster, a process was ended"),
    ):
        cp.term_frequencies(given, words=deadly)
