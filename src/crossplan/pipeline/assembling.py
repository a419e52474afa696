"""Putting the files of a run together, with those that say what the others are."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from crossplan.pipeline.crate import crate_json
from crossplan.pipeline.data_package import package_json
from crossplan.pipeline.declaration import Analysis
from crossplan.pipeline.inputs import checksum
from crossplan.pipeline.manifest import MANIFEST, Left, Manifest
from crossplan.pipeline.material import Material
from crossplan.pipeline.parameters import parameters_of, versions
from crossplan.pipeline.places import COPY, CRATE, PACKAGE, README
from crossplan.pipeline.reading import SUFFIX, Declaration
from crossplan.pipeline.readme import readme
from crossplan.pipeline.rendering import MadeFile, StepTaken, made_file
from crossplan.pipeline.run import AnalysisRun, outputs_frame
from crossplan.pipeline.titles import Title

METHOD = (
    "Declared in a file and run from it; the same inputs and versions give every file the same "
    "to the byte."
)
KEPT = {
    "analysis": Title("分析的声明", "The declaration of the analysis"),
    "decisions": Title("复核决定", "A reviewer's decisions"),
    "words": Title("词表", "A list of words"),
}
WHAT_IS_HERE = Title("说明", "What lies here")


def put_together(
    declaration: Declaration, material: Material, left_out: Sequence[Left], taken: list[StepTaken]
) -> AnalysisRun:
    """Make a run of what was computed.

    Parameters
    ----------
    declaration : Declaration
    material : Material
    left_out : sequence of Left
        Steps that were not taken.
    taken : list of StepTaken
        The others, with their files.
    """
    files = [*copies(declaration, material), *(file for one in taken for file in one.files)]
    undrawn = [left for one in taken for left in one.left_out]
    manifest = manifest_of(declaration, material, [*left_out, *undrawn], files)
    files.append(made_file(README, "readme", readme(manifest, taken), WHAT_IS_HERE))
    manifest = replace(manifest, outputs=tuple(file.output for file in files))
    tables = {name: table for one in taken for name, table in one.tables.items()}
    package = package_json(manifest, tables)
    whole = {file.output.path: file.data for file in files} | {
        MANIFEST: manifest.to_json(),
        CRATE: crate_json(manifest, checksum(package)),
        PACKAGE: package,
    }
    return AnalysisRun(
        frame=outputs_frame(manifest),
        method=METHOD,
        results=MappingProxyType({one.name: one.result for one in taken}),
        manifest=manifest,
        files=MappingProxyType(whole),
        tables=MappingProxyType(tables),
    )


def copies(declaration: Declaration, material: Material) -> list[MadeFile]:
    """Give the declaration, and the files of one's own that it names, as they are."""
    roles = {given.name: given.role for given in material.inputs}
    kept = {COPY: declaration.data, **material.copies}
    return [made_file(path, "copy", data, KEPT[roles[path]]) for path, data in kept.items()]


def manifest_of(
    declaration: Declaration,
    material: Material,
    left_out: Sequence[Left],
    files: Sequence[MadeFile],
) -> Manifest:
    """Say everything of a run but what its README is."""
    analysis = declaration.analysis
    return Manifest(
        name=declaration.name,
        title=analysis.title.zh,
        title_en=analysis.title.en,
        description=analysis.description.zh,
        description_en=analysis.description.en,
        published=analysis.published,
        authors=analysis.authors,
        lang=analysis.lang,
        parameters=parameters_of(analysis),
        inputs=material.inputs,
        corrections=material.corrections,
        left_out=tuple(left_out),
        packages=versions(analysis),
        command=command_of(declaration.name, analysis, material.folder),
        outputs=tuple(file.output for file in files),
    )


def command_of(name: str, analysis: Analysis, folder: Path | None) -> str:
    """Write the command that repeats an analysis, with texts from a folder or without."""
    texts = " --texts FOLDER" if folder is not None and not analysis.texts.folder else ""
    return f"crossplan run {shlex.quote(name + SUFFIX)}{texts}"
