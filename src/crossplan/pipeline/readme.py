"""Write ``README.md`` of a folder of results: contents, origin, how to repeat it."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from urllib.parse import quote

from crossplan.display import number_of
from crossplan.labels import as_language, in_language
from crossplan.pipeline.manifest import (
    COPY,
    CRATE,
    PACKAGE,
    CorrectionNote,
    Input,
    Manifest,
    Output,
)
from crossplan.pipeline.rendering import FinishedStep
from crossplan.reporting.document import TextRun
from crossplan.reporting.writers.hyperlinks import web_address
from crossplan.reporting.writers.markdown import line, plain
from crossplan.tables import Title

# What a reader of Markdown shows within the text.
_SHOWN = ("image/svg+xml", "image/png")
# The digits of a checksum that are shown; all are in the manifest.
_CHECKSUM = 12


def readme(manifest: Manifest, finished: Iterable[FinishedStep]) -> bytes:
    """Write the README, in the language of the analysis.

    Parameters
    ----------
    manifest : Manifest
        Of all other files.
    finished : iterable of FinishedStep
        Their titles, and how their results were made.
    """
    parts = Readme(manifest, {one.name: one for one in finished}).parts()
    return ("\n\n".join(filter(None, parts)) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class Readme:
    """Writer of the parts, which are separated by blank lines."""

    manifest: Manifest
    finished: Mapping[str, FinishedStep]

    def t(self, zh: str, en: str) -> str:
        """Choose between Chinese and English."""
        return in_language(as_language(self.manifest.lang), zh, en)

    def parts(self) -> Iterator[str]:
        """Write everything."""
        run = self.manifest
        yield f"# {plain(self.t(run.title, run.title_en))}"
        yield _paragraph(self.t(run.title_en, run.title))
        yield _paragraph(self.t(run.description, run.description_en).strip())
        yield self.origin()
        yield f"## {self.t('结果', 'Results')}"
        own = [output for output in run.outputs if output.step]
        for step, outputs in groupby(own, key=lambda output: output.step):
            yield from self.step(step, list(outputs))
        yield from self.left_out()
        yield from self.inputs()
        yield from self.corrections()
        yield from self.citation()
        yield from self.repeating()

    def origin(self) -> str:
        """Return who made it, when and with what."""
        run = self.manifest
        authors = _paragraph(self.t("、", ", ").join(run.authors))
        crossplan = run.packages["crossplan"]
        made = self.t(
            f"由 crossplan {crossplan} 据 [`{COPY}`]({COPY}) 作成。",
            f"Made by crossplan {crossplan} from [`{COPY}`]({COPY}).",
        )
        day = self.t(f"{run.published} 发布。", f"Published {run.published}. ")
        return f"{authors}{self.t('。', '. ') if authors else ''}{day}{made}"

    def step(self, step: str, outputs: list[Output]) -> Iterator[str]:
        """Write the figures and tables of a step."""
        title = self.finished[step].title
        yield f"### {plain(self.t(title.zh, title.en))}"
        yield _paragraph(self.finished[step].method)
        figures = [output for output in outputs if output.kind == "figure"]
        for _, forms in groupby(figures, key=lambda figure: PurePosixPath(figure.path).stem):
            yield from self.figure(title, list(forms))
        others = [output for output in outputs if output.kind != "figure"]
        named = groupby(others, key=lambda output: PurePosixPath(output.path).stem)
        yield "\n".join(self.files(title, list(forms)) for _, forms in named)

    def figure(self, step: Title, forms: list[Output]) -> Iterator[str]:
        """Show a figure, with its caption."""
        shown = next((form for form in forms if form.media_type in _SHOWN), None)
        if shown is not None:
            yield f"![{plain(self.t(step.zh, step.en))}]({_address(shown.path)})"
        caption = plain(self.t(forms[0].title, forms[0].title_en))
        yield f"{_links(forms)}{self.t('：', ': ')}{caption}"

    def files(self, step: Title, forms: list[Output]) -> str:
        """Write the forms of a table or report, and the rest of its title."""
        first = forms[0]
        rows = first.rows
        size = "" if rows is None else self.t(f"{rows:,} 行", number_of(rows, "row"))
        # The title of an additional table continues that of the step.
        more = self.t(first.title.removeprefix(step.zh), first.title_en.removeprefix(step.en))
        return f"- {_links(forms)} {size}{plain(more)}".rstrip()

    def left_out(self) -> Iterator[str]:
        """Write which steps were left out, and why."""
        if self.manifest.left_out:
            yield f"## {self.t('从缺', 'Left out')}"
            yield "\n".join(
                f"- {left.step}{self.t('：', ': ')}{plain(left.reason)}"
                for left in self.manifest.left_out
            )
            yield self.t(
                "未收录的正文可用 `crossplan fetch` 取得，或以 `--texts FOLDER` 指明所在文件夹。",
                "Texts that are not at hand are got with `crossplan fetch`, or named with "
                "`--texts FOLDER`.",
            )

    def inputs(self) -> Iterator[str]:
        """List the inputs; the files of the series are in the manifest.

        The files of plans without text are listed, because only these were read.
        """
        whole = {entry.plan for entry in self.manifest.inputs if entry.role == "text"}
        listed = [
            entry
            for entry in self.manifest.inputs
            if entry.role != "series" or (entry.plan and entry.plan not in whole)
        ]
        yield f"## {self.t('所据', 'What was read')}"
        yield _table(
            self.t("类别,文件,计划,来源,sha256", "role,file,plan,source,sha256").split(","),
            ([*self.named(entry), f"`{entry.sha256[:_CHECKSUM]}…`"] for entry in listed),
        )
        if len(listed) < len(self.manifest.inputs):
            yield self.t(
                "本系列的其他文件（纲目、指标、词表等）及全部校验值载于 "
                "[`manifest.json`](manifest.json)。",
                "The other files of the series (outlines, indicators, words) and all checksums in "
                "full stand in [`manifest.json`](manifest.json).",
            )

    def named(self, entry: Input) -> list[str]:
        """Return an input as the cells of a row."""
        roles = {
            "analysis": self.t("分析", "analysis"),
            "text": self.t("正文", "text"),
            "decisions": self.t("复核决定", "decisions"),
            "words": self.t("词表", "words"),
            "series": self.t("纲目与目标样本", "outline, sampled targets"),
        }
        address = web_address(entry.address)
        source = [plain(entry.source), f"<{address}>" if address else plain(entry.address)]
        if entry.role == "series":
            source = [self.t("载于文件内", "stand in the file")]
        where = self.t("，", ", ").join(filter(None, source))
        return [roles[entry.role], plain(entry.name), plain(entry.plan), where]

    def corrections(self) -> Iterator[str]:
        """List the critical apparatus."""
        notes = self.manifest.corrections
        if not notes:
            return
        yield f"## {self.t('校改', 'Corrections')}"
        yield self.t(
            "所据文本的下列读法，确定者已改正后再行分析，存疑者只列出。",
            "Readings of the texts that were put right before anything was done. Doubtful ones "
            "are listed and not applied.",
        )
        yield _table(
            self.t("计划,原文,校改,已改,理由", "plan,reading,corrected,applied,reason").split(","),
            map(self.correction, notes),
        )

    def correction(self, note: CorrectionNote) -> list[str]:
        """Return a correction as the cells of a row."""
        applied = self.t("是", "yes") if note.applied else self.t("否", "no")
        reason = self.t(note.reason, note.reason_en)
        return [*map(plain, (note.plan, note.witness, note.corrected)), applied, plain(reason)]

    def citation(self) -> Iterator[str]:
        """Write how to cite the run, which the checksum of its manifest identifies."""
        run = self.manifest
        authors = self.t("、", ", ").join(run.authors)
        title = self.t(run.title, run.title_en)
        crossplan = run.packages["crossplan"]
        yield f"## {self.t('引用', 'To cite it')}"
        yield _paragraph(
            self.t(
                f"{authors}{'：' if authors else ''}{title}，{run.published}，由 crossplan "
                f"{crossplan} 作成，manifest.json 的 sha256 为……（见 sha256sum）。",
                f"{authors}{'. ' if authors else ''}{title}. {run.published}. Made by crossplan "
                f"{crossplan}; sha256 of manifest.json: … (as sha256sum manifest.json prints it).",
            )
        )

    def repeating(self) -> Iterator[str]:
        """Write how to repeat the run, and list the other files."""
        run = self.manifest
        yield f"## {self.t('重作与核对', 'To repeat it')}"
        yield "\n".join(
            (
                "```sh",
                run.command,
                f"{run.command} --check",
                "```",
            )
        )
        program, verb, _, *options = shlex.split(run.command)
        here = shlex.join([program, verb, COPY, *options, "--check"])
        yield self.t(f"在本文件夹内：`{here}`。", f"In this folder: `{here}`.")
        versions = ", ".join(f"{name} {number}" for name, number in run.packages.items())
        yield self.t(
            f"`{run.name}.toml` 即 [`{COPY}`]({COPY})。输入与版本相同，则所得各文件逐字节相同；"
            f"`--check` 重作一遍，并逐项指出差异。所用版本：{versions}。",
            f"`{run.name}.toml` is [`{COPY}`]({COPY}). With the same inputs and versions every "
            "file comes out the same to the byte; `--check` repeats the run and says what differs. "
            f"Versions: {versions}.",
        )
        yield self.t(
            "[`manifest.json`](manifest.json) 载有全部输入、参数、版本与校验值；"
            f"[`{PACKAGE}`]({PACKAGE}) 说明各表各列（Frictionless Data Package）；"
            f"[`{CRATE}`]({CRATE}) 以 RO-Crate 记录同样内容。",
            "[`manifest.json`](manifest.json) has all inputs, parameters, versions and checksums; "
            f"[`{PACKAGE}`]({PACKAGE}) says what every column of every table means (Frictionless "
            f"Data Package); [`{CRATE}`]({CRATE}) tells the same as an RO-Crate.",
        )


def _paragraph(text: str) -> str:
    """Write a paragraph that is not read as a list or the underline of a title."""
    return line((TextRun(text),), frozenset())


def _links(forms: Iterable[Output]) -> str:
    """Link the forms of a file: the first by its path, the others by their endings."""
    first, *others = forms
    more = [f"[`{PurePosixPath(form.path).suffix}`]({_address(form.path)})" for form in others]
    return " ".join([f"[`{first.path}`]({_address(first.path)})", *more])


def _address(path: str) -> str:
    """Write a path as the address of a link."""
    return quote(path)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
