"""The command that shows and clears what is kept between runs."""

import click


@click.command()
@click.option("--clear", is_flag=True, help="Delete what is kept; it is worked out again.")
def cache(*, clear: bool) -> None:
    """Return where parsed plans and words are kept between runs, or clear it.

    CROSSPLAN_CACHE in the environment names another folder, or is "off".
    """
    from crossplan import cache_files

    if clear:
        click.echo(f"cleared {cache_files.clear()!r}")
    else:
        click.echo(repr(cache_files.state()))
