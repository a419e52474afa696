"""How a text is dressed as a page: the furniture of sites around its paragraphs.

Every page is made from paragraphs that the test gives, the non-blank lines of a text,
or from invented text, which is called constructed (构造) where it stands.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import BytesIO
from itertools import pairwise, zip_longest
from string import Template
from typing import Literal

TITLE = "国家人权行动计划（2026—2030年）"
Kind = Literal["front", "chapter", "section", "measure", "other"]
Pager = Literal["words", "numbers", "rel", "script"]
LONGEST_HEADING = 45
ENDS = "。；：！？”"
NUMERALS = "一二三四五六七八九十"
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
KINDS: dict[Kind, re.Pattern[str]] = {
    "front": re.compile(r"导[ \u3000]?言$"),
    "chapter": re.compile(rf"(?P<mark>[{NUMERALS}]+、 ?)(?P<words>.+)"),
    "section": re.compile(rf"(?P<mark>[（(][{NUMERALS}]+[）)] ?)(?P<words>.+)"),
    "measure": re.compile(r"(?P<mark>——)(?P<words>.+)", re.DOTALL),
}


def paragraphs_of(text: str) -> list[str]:
    """Give the non-blank lines of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def kind_of(paragraph: str) -> Kind:
    for kind, pattern in KINDS.items():
        if pattern.match(paragraph) and (kind == "measure" or is_short(paragraph)):
            return kind
    return "other"


def is_short(paragraph: str) -> bool:
    return len(paragraph) <= LONGEST_HEADING and "。" not in paragraph


def mark_of(paragraph: str) -> tuple[str, str]:
    """Part a paragraph into its mark, if any, and its words."""
    kind = kind_of(paragraph)
    match = KINDS[kind].match(paragraph) if kind not in ("front", "other") else None
    return (match["mark"], match["words"]) if match else ("", paragraph)


def body_start(paragraphs: Sequence[str]) -> int:
    """Find the introduction itself, behind the title and the table of contents."""
    starts = [at for at, line in enumerate(paragraphs) if kind_of(line) == "front"]
    return starts[-1] if starts else 0


def body_of(paragraphs: Sequence[str]) -> Sequence[str]:
    return paragraphs[body_start(paragraphs) :]


def joined(paragraphs: Sequence[str]) -> list[str]:
    """Make whole the paragraphs of the body that the published file breaks."""
    start = body_start(paragraphs)
    lines = list(paragraphs[: start + 1])
    for line in paragraphs[start + 1 :]:
        open_end = kind_of(lines[-1]) in ("measure", "other") and lines[-1][-1] not in ENDS
        if open_end and kind_of(line) == "other":
            lines[-1] += line
        else:
            lines.append(line)
    return lines


# A portal of the TRS family: menus above, recommendations beside and below, and, as in
# life, an earlier plan's title among the links.
HEAD = Template("""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
$charset<title>${title}_构造门户网</title>
<meta name="ContentSource" content="构造社" />
<meta name="PubDate" content="2026-06-11 10:00" />
<meta name="keywords" content="国家人权行动计划,白皮书" />
<meta name="description" content="国务院新闻办公室发布$title，全文如下。" />
$links<link href="/images/style.css" rel="stylesheet" type="text/css" />
<style type="text/css">
.TRS_Editor P{margin-top:0;line-height:2;font-family:宋体;font-size:12pt}
.hide{display:none}
</style>
<script type="text/javascript">
var _title = "$title"; var nodes = ["一、新闻","二、专题"];
if (1 < 2 && top.location != self.location) { document.write("<p>——广告</p>"); }
</script>
</head>
<body>
<!-- 头部开始 <p>——注释里的段落，不属于正文。</p> -->
<div class="top"><ul class="menu"><li><a href="/">首页</a></li><li><a href="/xw/">新闻</a></li>\
<li><a href="/zt/">专题</a></li><li><a href="/bps/">白皮书</a></li>\
<li><a href="/fbh/">发布会</a></li><li><a href="/en/">English</a></li></ul>
<form action="/search"><input type="text" name="q" value="请输入关键字" />\
<input type="submit" value="搜索" /></form></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zt/">专题</a> &gt; \
<a href="/bps/">白皮书</a> &gt; 正文</div>
<div class="hide">一、隐藏的目录 二、请使用新版浏览器访问本站</div>
<noscript><img src="//tracker.example/pixel.gif?site=1" alt="" width="1" height="1" /></noscript>
<h1 class="title">$title</h1>
<div class="info">2026-06-11 10:00&nbsp;&nbsp;来源：<a href="/">构造社</a>&nbsp;&nbsp;作者：\
&nbsp;&nbsp;字号：<a href="#">【大</a> <a href="#">中</a> <a href="#">小】</a>&nbsp;&nbsp;\
<a href="javascript:window.print()">打印</a>&nbsp;&nbsp;点击：<span id="hits">1024</span></div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a> <a href="#">QQ空间</a></div>
""")
FOOT = Template("""$pager<div class="editor">（责任编辑：构造员）</div>
<div class="near"><p>上一篇：<a href="/a/content_2512001.htm">构造的新闻：某地举行植树活动</a></p>
<p>下一篇：<a href="/a/content_2512999.htm">构造的新闻：某地图书馆开放</a></p></div>
<div class="related"><h3>相关新闻</h3><ul>
<li><a href="/a/content_1.htm">国家人权行动计划（2021—2025年）</a><span>2021-09-09</span></li>
<li><a href="/a/content_2.htm">构造的评论：一、怎么看；二、怎么办</a><span>2026-06-12</span></li>
<li><a href="/a/content_3.htm">——构造的图解</a><span>2026-06-13</span></li></ul></div>
<div class="footer"><p>关于我们 | 网站地图 | 联系我们</p>
<p>版权所有&copy;构造门户网 All Rights Reserved 未经授权不得转载</p>
<p>京ICP备00000000号-1&nbsp;&nbsp;京公网安备 00000000000000号</p></div>
<script type="text/javascript">var _hmt=_hmt||[];(function(){var s="//tracker.example/h.js";})();
</script>
</body>
</html>
""")


def html_head(title: str, declared: str | None, links: str = "") -> str:
    charset = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={declared}" />\n'
        if declared
        else ""
    )
    return HEAD.substitute(title=escape(title), charset=charset, links=links)


def in_p(paragraphs: Sequence[str]) -> str:
    lines = [f"<P>\u3000\u3000{escape(line)}</P>\n" for line in paragraphs]
    return (
        f'<div class="content" id="zoom"><div class="TRS_Editor">\n{"".join(lines)}</div></div>\n'
    )


def in_br(paragraphs: Sequence[str]) -> str:
    lines = [f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}<br /><br />\n" for line in paragraphs]
    return f'<td class="content">\n{"".join(lines)}</td>\n'


def in_one_block(paragraphs: Sequence[str]) -> str:
    """Lose the line breaks: the marks then stand in the middle of one long line."""
    return f'<div class="content">{escape(" ".join(paragraphs))}</div>\n'


def encoded(page: str, encoding: str) -> bytes:
    return page.encode(encoding, errors="xmlcharrefreplace")


def portal(
    paragraphs: Sequence[str],
    *,
    title: str = TITLE,
    lay: Callable[[Sequence[str]], str] = in_p,
    encoding: str = "utf-8",
    declared: str | None = "utf-8",
) -> bytes:
    """Make a page of a government portal.

    `lay` is `in_p`, `in_br` or `in_one_block`; `declared` is what the page says of its
    own encoding, true or not.
    """
    page = html_head(title, declared) + lay(paragraphs) + FOOT.substitute(pager="")
    return encoded(page, encoding)


def silent_gbk(paragraphs: Sequence[str], *, title: str = TITLE) -> bytes:
    """Make a portal page in GBK that does not say so."""
    return portal(paragraphs, title=title, encoding="gbk", declared=None)


def split_portal(
    paragraphs: Sequence[str],
    *,
    pages: int = 6,
    links: Pager = "words",
    stem: str = "content_2512866",
    title: str = TITLE,
) -> dict[str, bytes]:
    """Make several pages, all but the first of which start at a section heading.

    Only `words` says 下一页; `numbers` has bare page numbers, `rel` an arrow with
    rel="next", and `script` a call that writes the links in a browser.
    """
    parts = parts_of(paragraphs, pages)
    names = [page_name(stem, number) for number in range(1, len(parts) + 1)]
    return {
        name: encoded(
            html_head(title, "utf-8", rel_links(names, at) if links == "rel" else "")
            + in_p(part)
            + FOOT.substitute(pager=PAGERS[links](names, at)),
            "utf-8",
        )
        for at, (name, part) in enumerate(zip(names, parts, strict=True))
    }


def parts_of(paragraphs: Sequence[str], pages: int) -> list[Sequence[str]]:
    """Part a text before sections of its body, into about equal numbers of them."""
    start = body_start(paragraphs)
    sections = [
        at for at, line in enumerate(paragraphs) if at > start and kind_of(line) == "section"
    ]
    cuts = [sections[len(sections) * page // pages] for page in range(1, pages)]
    return [paragraphs[a:b] for a, b in pairwise([0, *cuts, len(paragraphs)])]


def page_name(stem: str, number: int) -> str:
    return f"{stem}.htm" if number == 1 else f"{stem}_{number}.htm"


def rel_links(names: Sequence[str], at: int) -> str:
    before = f'<link rel="prev" href="{names[at - 1]}" />\n' if at else ""
    after = f'<link rel="next" href="{names[at + 1]}" />\n' if at + 1 < len(names) else ""
    return before + after


def number_links(names: Sequence[str], at: int) -> Iterator[str]:
    for other, name in enumerate(names):
        if other == at:
            yield f"<strong>{other + 1}</strong>"
        else:
            yield f'<a href="{name}">{other + 1}</a>'


def pager_of_numbers(names: Sequence[str], at: int) -> str:
    return f'<div class="pages">{" ".join(number_links(names, at))}</div>\n'


def pager_of_words(names: Sequence[str], at: int) -> str:
    links = list(number_links(names, at))
    if at:
        links.insert(0, f'<a href="{names[at - 1]}">上一页</a>')
    if at + 1 < len(names):
        links.append(f'<a href="{names[at + 1]}">下一页</a>')
    return f'<div class="pages">{"&nbsp;".join(links)}</div>\n'


def pager_of_arrow(names: Sequence[str], at: int) -> str:
    if at + 1 == len(names):
        return ""
    return f'<div class="pages"><a rel="next" href="./{names[at + 1]}">&rsaquo;</a></div>\n'


def pager_of_script(names: Sequence[str], at: int) -> str:
    stem = names[0].removesuffix(".htm")
    call = f'createPageHTML({len(names)}, {at}, "{stem}", "htm");'
    return f'<div class="pages"><script language="JavaScript">{call}</script></div>\n'


PAGERS: dict[Pager, Callable[[Sequence[str], int], str]] = {
    "words": pager_of_words,
    "numbers": pager_of_numbers,
    "rel": pager_of_arrow,
    "script": pager_of_script,
}


def login_page() -> bytes:
    """Make a page that asks for a name and a password, served with status 200."""
    form = (
        '<form action="/login" method="post"><p>您尚未登录，请登录后查看全文</p>\n'
        '<p>用户名：<input name="user" /></p><p>密码：<input type="password" name="secret" /></p>\n'
        '<p>验证码：<input name="captcha" /><img src="/captcha.png" alt="" /></p>\n'
        '<p><button type="submit">登录</button> <a href="/register">免费注册</a></p></form>\n'
    )
    return encoded(html_head("用户登录", "utf-8") + form + FOOT.substitute(pager=""), "utf-8")


def unrelated_article() -> bytes:
    """Make a page of the same site with another, constructed, article."""
    lines = [
        f"构造的报道第{NUMERALS[number]}段：本市图书馆本月起延长开放时间，读者可以在晚间借书还书。"
        for number in range(10)
    ]
    return portal(lines, title="构造的新闻：图书馆延长开放时间")


def picture() -> bytes:
    """Make a PNG, to be served or named as something else."""
    from PIL import Image

    written = BytesIO()
    Image.new("RGB", (200, 80), "grey").save(written, "PNG")
    return written.getvalue()


def bilingual_lines(paragraphs: Sequence[str], *, drift: int = 3) -> bytes:
    """Make a page whose lines are Chinese and English by turns, and drift apart.

    The English column begins late by a line, and by one more now and again, up to
    `drift`; its sentences are placeholders.
    """
    left, right = list(paragraphs), list(drifted(paragraphs, drift))
    rows = [line for pair in zip_longest(left, right, fillvalue="") for line in pair if line]
    lines = "".join(f"<div>{escape(line)}</div>\n" for line in rows)
    furniture = "<div>【法宝引证码】CLI.WP.0000(EN)</div>\n<div>Font Size: A A A</div>\n"
    page = html_head(TITLE, "utf-8") + furniture + lines + FOOT.substitute(pager="")
    return encoded(page, "utf-8")


def drifted(paragraphs: Sequence[str], drift: int) -> Iterator[str]:
    step = max(1, len(paragraphs) // drift)
    for number, line in enumerate(paragraphs):
        if number % step == 0 and number // step < drift:
            yield f"Constructed note {number // step + 1} of the translator."
        yield placeholder(line, number)


def bilingual_paragraphs(paragraphs: Sequence[str]) -> bytes:
    """Make a page whose paragraphs hold the Chinese and then the English: (一)工作权(1) …."""
    lines = [f"{line}{placeholder(line, number)}" for number, line in enumerate(paragraphs)]
    fields = "<p>发布时间：2026-06-11</p>\n<p>来源：构造社</p>\n<p>责任编辑：构造员</p>\n"
    page = html_head(TITLE, "utf-8") + in_p(lines) + fields + FOOT.substitute(pager="")
    return encoded(page, "utf-8")


def placeholder(line: str, number: int) -> str:
    """Give an English line of the right kind, which says nothing of what the plan says."""
    mark, _ = mark_of(line)
    numeral = NUMERALS.find(mark.strip("（）() 、")) + 1
    forms = {
        "front": "Introduction",
        "chapter": f"{ROMAN[numeral]}. Placeholder chapter heading",
        "section": f"({numeral}) Placeholder section heading",
        "measure": f"--Placeholder measure {number}, constructed in 2026. It has 2 sentences.",
    }
    return forms.get(kind_of(line), f"Placeholder sentence {number}, constructed for a test.")
