"""The code that made a report."""

from crossplan.recipes import Name, call, literal
from crossplan.reporting.content import Content


def recipe(content: Content) -> str:
    """Write the code that makes the report again."""
    report = call(
        "cp.report",
        Name("plans"),
        old=Name(f"plans[{literal(content.old.id)}]"),
        new=Name(f"plans[{literal(content.new.id)}]"),
        decisions=content.measure_decisions and content.measure_decisions.name,
        target_decisions=content.target_decisions and content.target_decisions.name,
        lang=content.lang,
    )
    plans = corpus(content)
    lines = [
        "import crossplan as cp",
        "",
        f"plans = {plans}",
        f"report = {report}",
        'report.save("report.html")',
    ]
    return "\n".join(["import datetime", "", *lines] if "datetime.date(" in plans else lines)


def is_complete(content: Content) -> bool:
    """Tell whether the code makes the report again without anything of the user's own."""
    return bool(content.corpus.made_by) or all(plan.made_by for plan in content.plans)


def corpus(content: Content) -> str:
    """Write the code that makes the corpus again."""
    if content.corpus.made_by:
        return content.corpus.made_by
    own = content.t("以自己的代码所作", "made by code of your own")
    plans = [
        f"        {plan.made_by}," if plan.made_by else f"        ...,  # {plan.id}: {own}"
        for plan in content.plans
    ]
    titles = [
        f"    {name}={literal(title)},"
        for name, title in (
            ("title", content.corpus.title),
            ("title_en", content.corpus.title_en),
        )
        if title
    ]
    return "\n".join(["cp.Corpus(", "    [", *plans, "    ],", *titles, ")"])
