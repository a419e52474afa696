"""The folder of results as a Frictionless Data Package: ``datapackage.json``."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from crossplan.pipeline.manifest import Input, Manifest, Output, as_json
from crossplan.tables import Column, Table

if TYPE_CHECKING:
    import pandas as pd

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_RESULTS = ("table", "figure", "report")
# Readers of data packages take these for further tables: a table again, without its schema,
# and a report.
_LEFT_OUT = ("parquet", "xlsx")


def package_json(
    manifest: Manifest, tables: Mapping[str, "pd.DataFrame"], declared: Mapping[str, Table]
) -> bytes:
    """Describe the results of a folder as a data package.

    Each table is included once, as CSV, with a schema of the meaning, type and values of every
    column. Figures and reports have no schema.

    Parameters
    ----------
    manifest : Manifest
    tables : mapping of str to pandas.DataFrame
        The tables by the names of their files, without endings.
    declared : mapping of str to Table
        Their declarations, by the same names.

    Returns
    -------
    bytes
        JSON, the same bytes for the same manifest.
    """
    package = {
        "$schema": _PROFILE,
        "name": manifest.name,
        "title": _both(manifest.title, manifest.title_en, " / "),
        "description": _both(manifest.description, manifest.description_en),
        "contributors": [{"title": name, "roles": ["author"]} for name in manifest.authors],
        "sources": [_source(one) for one in manifest.inputs],
        "resources": [
            _resource(output, tables, declared)
            for output in manifest.outputs
            if output.kind in _RESULTS and _form(output) not in _LEFT_OUT
        ],
    }
    return as_json({key: value for key, value in package.items() if value or key == "resources"})


def _both(zh: str, en: str, between: str = "\n\n") -> str:
    """Join a text in both languages: a package has one field for it."""
    return between.join(dict.fromkeys(filter(None, (zh, en))))


def _source(item: Input) -> dict[str, str]:
    """Return the name of an input, with its address if it has one."""
    title = f"{item.name} ({item.source})" if item.source else item.name
    return {"title": title} | ({"path": item.address} if item.address else {})


def _form(output: Output) -> str:
    """Return the form of a file: the ending of its name."""
    return PurePosixPath(output.path).suffix.removeprefix(".")


def _resource(
    output: Output, tables: Mapping[str, "pd.DataFrame"], declared: Mapping[str, Table]
) -> dict[str, Any]:
    """Describe a file."""
    file = {
        "name": output.path,
        "path": output.path,
        "title": _both(output.title, output.title_en, " / "),
        "format": _form(output),
        "mediatype": output.media_type,
        "bytes": output.size,
        "hash": f"sha256:{output.sha256}",
    }
    if output.kind != "table":
        return file
    name = PurePosixPath(output.path).stem
    kind = declared[name]
    return file | {
        "name": name,
        "type": "table",
        "description": _both(kind.zh, kind.en),
        "encoding": "utf-8",
        "schema": _schema(tables[name], kind),
    }


def _schema(table: "pd.DataFrame", kind: Table) -> dict[str, Any]:
    """Return the schema of a table."""
    from pandas.io.json import build_table_schema

    typed: dict[str, Any] = build_table_schema(table, index=False, version=False)
    types = {column["name"]: column["type"] for column in typed["fields"]}
    fields = [_field(name, type_, kind.column(name)) for name, type_ in types.items()]
    key = {"primaryKey": list(kind.key)} if kind.key else {}
    return {"fields": fields, "missingValues": [""]} | key


def _field(name: str, type_: str, column: Column) -> dict[str, Any]:
    """Describe a column; figures are of the type of the column."""
    number = int if type_ == "integer" else float
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.choices:
        constraints["enum"] = column.choices
    if column.least is not None:
        constraints["minimum"] = number(column.least)
    if column.most is not None:
        constraints["maximum"] = number(column.most)
    described = {"name": name, "type": type_, "description": _both(column.zh, column.en)}
    return described | ({"constraints": constraints} if constraints else {})
