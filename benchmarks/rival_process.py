"""The work of rivals, timed in their own environment.

Run by `rivals.py`: it reads questions as JSON from stdin and writes the answers as JSON to
stdout. It imports nothing of crossplan, which is not installed there.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

Question = dict[str, Any]
Links = list[tuple[int, int, float]]
# The steps that Conc switches off by name, so that a model without them is refused.
SPACY_STEPS = ("parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler")


def polyfuzz(question: Question) -> Callable[[], Links]:
    """Match strings with PolyFuzz: the best of the new ones for each old one, and its score."""
    from polyfuzz import PolyFuzz
    from polyfuzz.models import TFIDF, RapidFuzz
    from rapidfuzz import fuzz

    old, new = question["old"], question["new"]
    places = {text: place for place, text in enumerate(new)}

    def work() -> Links:
        # A model remembers what it has seen, so that each run has ones of its own.
        models: dict[str, Any] = {
            "TF-IDF": "TF-IDF",
            "TF-IDF, Chinese kept": TFIDF((1, 2), clean_string=False, min_similarity=0),
            "RapidFuzz": RapidFuzz(scorer=fuzz.ratio),
        }
        table = PolyFuzz(models[question["model"]]).match(old, new).get_matches()
        return [
            (place, places[text], float(score))
            for place, (text, score) in enumerate(
                zip(table["To"], table["Similarity"], strict=True)
            )
            if isinstance(text, str)
        ]

    return work


def conc(question: Question) -> Callable[[], Links]:
    """Build a corpus with Conc and give its table of frequencies."""
    import spacy
    from conc.corpus import Corpus
    from conc.frequency import Frequency

    folder = Path(question["folder"])
    model = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    for name in SPACY_STEPS:
        model.add_pipe("sentencizer", name=name)
    model.to_disk(folder / "model")
    texts = folder / "texts"
    texts.mkdir()
    for place, text in enumerate(question["texts"]):
        (texts / f"{place}.txt").write_text(text, encoding="utf-8")

    def work() -> Links:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            corpus = Corpus("plan", "").build_from_files(
                str(texts), place, model=str(folder / "model")
            )
            Frequency(corpus).frequencies(page_size=0).to_frame()
        return []

    return work


def scattertext(question: Question) -> Callable[[], Links]:
    """Make a corpus of two plans with scattertext and give its table of frequencies."""
    import pandas as pd
    from scattertext import CorpusFromParsedDocuments, chinese_nlp
    from scattertext.features.UnigramsFromSpacyDoc import UnigramsFromSpacyDoc

    def work() -> Links:
        table = pd.DataFrame({"plan": question["names"], "text": question["texts"]})
        corpus = CorpusFromParsedDocuments(
            table.assign(parse=table["text"].map(chinese_nlp)),
            category_col="plan",
            parsed_col="parse",
            feats_from_spacy_doc=UnigramsFromSpacyDoc(),
        ).build()
        corpus.get_term_freq_df()
        return []

    return work


TASKS = {
    "polyfuzz": polyfuzz,
    "conc": conc,
    "scattertext": scattertext,
}


def answer(question: Question) -> dict[str, Any]:
    """Do the work once, then as often as is asked, and give the least of the times."""
    start = time.perf_counter()
    try:
        work = TASKS[question["task"]](question)
        links = work()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
        return {"failure": f"{type(error).__name__}: {error}"}
    first = time.perf_counter() - start
    seconds = []
    for _ in range(question["repeats"]):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return {"first": first, "seconds": min(seconds), "links": links}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    # What the rivals print is no part of the answer.
    with redirect_stdout(sys.stderr), tempfile.TemporaryDirectory() as scratch:
        given = [answer({**question, "folder": scratch}) for question in asked]
    print(json.dumps(given))
