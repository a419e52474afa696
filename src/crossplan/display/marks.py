"""The signs of status words, so that colour is never what tells them apart."""

SIGNS = {
    "kept": "=",
    "held": "=",
    "stable": "=",
    "same": "=",
    "renamed": "≈",
    "revised": "≈",
    "merged": "∪",
    "split": "÷",
    "new": "+",
    "dropped": "−",
    "moved": "↷",
    "revived": "↺",
    "raised": "↑",
    "lowered": "↓",
    "rising": "↑",
    "falling": "↓",
    "stronger": "▲",
    "weaker": "▽",
    "replaced": "⇄",
    "not comparable": "≠",
    "unknown": "?",
    "absent": "−",
    "to review": "!",
    "constructed": "◇",
    "complete": "✓",
    "full": "✓",
    "yes": "✓",
    "fetched": "✓",
    "at hand": "✓",
    "usable with gaps": "!",
    "outline": "!",
    "refused": "✗",
    "no": "✗",
    "not got": "✗",
    "no text": "?",
    "not linked": "✗",
    "not paired": "✗",
    "gap": "!",
}


def marked(word: str) -> str:
    """Put its sign before a status word.

    Examples
    --------
    >>> marked("new"), marked("accept")
    ('+ new', 'accept')
    """
    return f"{SIGNS[word]} {word}" if word in SIGNS else word
