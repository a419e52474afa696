"""How a text is dressed as a page of Wikisource: as HTML, as wikitext, and by the API."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from string import Template
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

from dresses import TITLE, body_of, kind_of
from mirrors import Answer, Mirror, Request

PAGE = "国家人权行动计划（2026－2030年）"
INDENT = "\u3000\u3000"
Script = Literal["hans", "hant"]
LANGUAGES: dict[Script, str] = {"hans": "zh-Hans-CN", "hant": "zh-Hant"}
# MediaWiki's own tables give these forms, where OpenCC's "s2t" gives older ones.
USUAL_FORMS = str.maketrans("爲衆羣裏", "為眾群裡")

DESKTOP = Template("""<!DOCTYPE html>
<html class="client-nojs vector-feature-language-in-header-enabled" lang="$language" dir="ltr">
<head>
<meta charset="UTF-8">
<title>$page - 维基文库，自由的图书馆</title>
<script>(function(){document.documentElement.className="client-js";\
RLCONF={"wgPageName":"$page","wgRevisionId":2600001,"wgArticleId":90001};}());</script>
<link rel="stylesheet" href="/w/load.php?lang=zh&amp;modules=site.styles&amp;only=styles">
<meta name="generator" content="MediaWiki 1.46.0-wmf.4">
<link rel="canonical" href="https://zh.wikisource.org/wiki/$quoted">
</head>
<body class="skin--responsive skin-vector ns-0 ns-subject page rootpage action-view">
<a class="mw-jump-link" href="#bodyContent">跳转到内容</a>
<div class="vector-header-container"><header class="vector-header mw-header">
<nav class="vector-main-menu" aria-label="导航"><ul>
<li><a href="/wiki/Wikisource:%E9%A6%96%E9%A1%B5"><span>首页</span></a></li>
<li><a href="/wiki/Special:Random"><span>随机作品</span></a></li>
<li><a href="/wiki/Wikisource:S"><span>写字间</span></a></li></ul></nav>
<form action="/w/index.php" role="search"><input type="search" name="search" \
placeholder="搜索维基文库"><button>搜索</button></form>
<ul><li><a href="/w/index.php?title=Special:CreateAccount">创建账号</a></li>\
<li><a href="/w/index.php?title=Special:UserLogin">登录</a></li></ul></header></div>
<main id="content" class="mw-body">
<nav id="mw-panel-toc" aria-label="目录"><h2>目录</h2><button>移至侧栏</button><ul>
$contents</ul></nav>
<header class="mw-body-header"><h1 id="firstHeading" class="firstHeading mw-first-heading">\
<span class="mw-page-title-main">$page</span></h1>
<div class="vector-dropdown">添加语言</div>
<nav><ul><li>页面</li><li>讨论</li></ul><ul><li>大陆简体</li><li>不转换</li><li>简体</li>\
<li>繁體</li></ul><ul><li>阅读</li><li>编辑</li><li>查看历史</li></ul></nav></header>
<div id="bodyContent" class="vector-body">
<div id="siteSub" class="noprint">维基文库，自由的图书馆</div>
<div id="mw-content-text" class="mw-body-content">\
<div class="mw-content-ltr mw-parser-output" lang="$language" dir="ltr">
$header
$body
$licence
<!--
NewPP limit report
Parsed by mw-web.constructed
——
-->
</div></div>
<div class="printfooter" data-nosnippet="">检索自“<a dir="ltr" \
href="https://zh.wikisource.org/w/index.php?title=$quoted&amp;oldid=2600001">\
https://zh.wikisource.org/w/index.php?title=$quoted&amp;oldid=2600001</a>”</div>
<div id="catlinks" class="catlinks"><a href="/wiki/Special:Categories">分类</a>：<ul>\
<li><a href="/wiki/Category:2026">2026年</a></li><li>中华人民共和国白皮书</li></ul></div>
</div></main>
<footer id="footer" class="mw-footer"><ul><li>本页面最后修订于2026年6月12日 (星期五) 08:00。</li>
<li>本站的全部文本在<a href="/copyright">知识共享 署名-相同方式共享 4.0协议</a>之条款下提供，
附加条款亦可能应用。</li></ul>
<ul><li>隐私政策</li><li>关于维基文库</li><li>免责声明</li></ul></footer>
</body>
</html>
""")
MOBILE = Template("""<!DOCTYPE html>
<html class="client-nojs mf-expand-sections-clientpref-0" lang="$language" dir="ltr">
<head>
<meta charset="UTF-8">
<title>$page - 维基文库，自由的图书馆</title>
<meta name="viewport" content="initial-scale=1.0, width=device-width">
</head>
<body class="mediawiki ltr sitedir-ltr mw-hide-empty-elt ns-0 skin-minerva">
<div id="mw-mf-viewport"><header class="header-container"><nav><ul><li>首页</li><li>随机</li>\
<li>登录</li><li>设置</li><li>关于维基文库</li><li>免责声明</li></ul></nav>
<form action="/w/index.php"><input type="search" placeholder="搜索维基文库"></form></header>
<main id="content" class="mw-body"><h1 id="firstHeading"><span>$page</span></h1>
<nav class="page-actions-menu"><ul><li>语言</li><li>监视</li><li>编辑</li></ul></nav>
<div id="bodyContent" class="content"><div id="mw-content-text" class="mw-body-content">\
<script>function mfTempOpenSection(id){var block=document.getElementById(id);}</script>\
<div class="mw-content-ltr mw-parser-output" lang="$language" dir="ltr">
<section class="mf-section-0" id="mf-section-0">
$header
$body
$licence
</section></div></div>
<div class="printfooter">检索自“https://zh.wikisource.org/w/index.php?title=$quoted&amp;\
oldid=2600001”</div></div></main>
<footer class="mw-footer minerva-footer"><div>最后修订于2026年6月12日 (星期五) 08:00</div>
<ul><li>除非另有声明，本页面内容采用CC BY-SA 4.0授权。</li><li>桌面版</li></ul></footer></div>
</body>
</html>
""")
HEADER = Template("""<table id="headerContainer" class="headertemplate" role="presentation">
<tbody><tr><td class="header-left"><span id="headerprevious">◄ \
<a href="/wiki/NHRAP4" title="国家人权行动计划（2021－2025年）">国家人权行动计划（2021－2025年）\
</a></span></td>
<td class="header-title"><b><span id="header_title_text">$title</span></b><br>
2026年6月于北京市<br>发布机关：<a href="/wiki/Author:SCIO" title="作者">\
中华人民共和国国务院新闻办公室</a></td>
<td class="header-right"><span id="headernext"><a class="new" title="页面不存在" \
href="/w/index.php?title=NHRAP6&amp;action=edit&amp;redlink=1">国家人权行动计划（2031－2035年）\
</a> ►</span></td></tr></tbody></table>
<table id="headerinfo"><tbody><tr><td><ul><li>姊妹计划: <a href="https://zh.wikipedia.org/">\
百科</a>·<a href="https://www.wikidata.org/">数据项</a></li></ul></td></tr></tbody></table>""")
LICENCE = """<div class="licenseContainer licenseBanner"><table class="licensetpl"><tbody><tr><td>
<img src="/static/PD-icon.svg" alt="Public domain" width="40"></td>
<td>本作品来自中华人民共和国的政府机构，依构造的说明属于公有领域。
<span class="licensetpl_short" style="display:none">Public domain</span></td>
</tr></tbody></table></div>"""


@cache
def converter(script: Script) -> Any:
    import opencc

    return opencc.OpenCC("s2t" if script == "hant" else "t2s")


def desktop(paragraphs: Sequence[str], *, title: str = TITLE, script: Script = "hant") -> bytes:
    """Make the page as the desktop skin shows it: 导言[编辑] in one line."""
    body = "\n".join(desktop_lines(body_of(paragraphs)))
    return filled(DESKTOP, paragraphs, body=body, title=title, script=script)


def mobile(paragraphs: Sequence[str], *, title: str = TITLE, script: Script = "hans") -> bytes:
    """Make the page as the mobile skin shows it: 编辑 on its own, chapters to be opened."""
    body = "\n".join(mobile_lines(body_of(paragraphs)))
    return filled(MOBILE, paragraphs, body=body, title=title, script=script)


def filled(
    template: Template, paragraphs: Sequence[str], *, body: str, title: str, script: Script
) -> bytes:
    headings = [line for line in body_of(paragraphs) if level_of(line)]
    page = template.substitute(
        language=LANGUAGES[script],
        page=escape(title),
        quoted=quote(title),
        header=HEADER.substitute(title=escape(title)),
        contents="\n".join(f'<li><a href="#{h}"><span>{h}</span></a></li>' for h in headings),
        body=body,
        licence=LICENCE,
    )
    text: str = converter(script).convert(page)
    if script == "hant":
        text = text.replace("發佈機關", "發布機關").translate(USUAL_FORMS)
    return text.encode()


def level_of(line: str) -> int:
    """Tell how deep a heading is: 2 or 3, and 0 for what is none."""
    return {"front": 2, "chapter": 2, "section": 3}.get(kind_of(line), 0)


def desktop_lines(lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if level := level_of(line):
            edit = (
                '<span class="mw-editsection"><span class="mw-editsection-bracket">[</span>'
                f'<a href="/w/index.php?title=P&amp;action=edit&amp;section={number}" '
                f'title="编辑章节：{line}"><span>编辑</span></a>'
                '<span class="mw-editsection-bracket">]</span></span>'
            )
            yield f'<div class="mw-heading mw-heading{level}">{heading(line, level)}{edit}</div>'
        else:
            yield f"<p>{INDENT}{escape(line)}\n</p>"


def mobile_lines(lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        level = level_of(line)
        edit = (
            f'<span class="mw-editsection"><a role="button" href="#/editor/{number}" '
            'class="cdx-button"><span class="minerva-icon minerva-icon--edit"></span>'
            f"<div>编辑</div></a></span>"
        )
        if level == 2:
            yield f'</section><div class="mw-heading mw-heading2 section-heading">\
<span class="indicator mf-icon"></span>{heading(line, 2)}{edit}</div>\
<section class="mf-section-{number} collapsible-block" id="mf-section-{number}">'
        elif level:
            yield f'<div class="mw-heading mw-heading{level}">{heading(line, level)}{edit}</div>'
        else:
            yield f"<p>{INDENT}{escape(line)}\n</p>"


def heading(line: str, level: int) -> str:
    return f'<h{level} id="{quote(line)}">{escape(line)}</h{level}>'


def wikitext(paragraphs: Sequence[str], *, title: str = TITLE) -> str:
    """Make the source of the page, in simplified script but for the word 發展.

    The first 发展 stands as a forced conversion, the first goal has a reference, and the
    first paragraph has a link and bold type in it.
    """
    lines = [source_line(line) for line in body_of(paragraphs)]
    text = "\n\n".join(lines)
    text = text.replace("发展", "-{zh-hans:发展;zh-hant:發展}-", 1)
    text = text.replace("人权保障", "[[人权|人权]]'''保障'''", 1)
    first = text.index(f"{INDENT}——")
    end = text.index("。", first) + 1
    text = f"{text[:end]}<ref name=a>构造的注释，不是计划的正文。</ref>{text[end:]}"
    return f"{SOURCE_HEAD.substitute(title=title)}\n{text}\n{SOURCE_FOOT}"


def source_line(line: str) -> str:
    level = level_of(line)
    return f"{'=' * level} {line} {'=' * level}" if level else INDENT + line


SOURCE_HEAD = Template("""{{Header
| title = $title
| section =
| previous = [[国家人权行动计划（2021－2025年）]]
| next =
| year = 2026 | month = 6 | day = 11
| notes = 2026年6月于北京市<br />发布机关：[[Author:国新办|中华人民共和国国务院新闻办公室]]
| edition = yes
}}
<!-- 构造的注释：——此行不是正文 -->
__TOC__
{{gap}}""")
SOURCE_FOOT = """
== 注释 ==
<references />

{{PD-PRC-exempt}}

[[Category:2026年]]
[[Category:中华人民共和国白皮书]]
[[en:Constructed National Human Rights Action Plan]]
"""


class Revision(NamedTuple):
    """One state of a page; the server gives the last of them unless asked for another."""

    title: str
    content: str
    number: int
    timestamp: str = "2026-06-12T08:00:00Z"
    parent: int = 0

    @property
    def sha1(self) -> str:
        return hashlib.sha1(self.content.encode(), usedforsecurity=False).hexdigest()


class Wiki:
    """A MediaWiki with some pages, answering as api.php and index.php do."""

    def __init__(
        self, revisions: Sequence[Revision], *, redirects: Mapping[str, str] | None = None
    ) -> None:
        self.revisions = {revision.number: revision for revision in revisions}
        self.newest = {revision.title: revision for revision in revisions}
        self.redirects = dict(redirects or {})

    def serve(self, mirror: Mirror) -> str:
        """Answer under /w/, and give the address of api.php."""
        mirror.answer("/w/index.php", self.index)
        return mirror.answer("/w/api.php", self.api)

    def api(self, request: Request) -> Answer:
        query = request.query
        if query.get("format") != "json":
            return Answer(b"<pre>Constructed: the API help in HTML</pre>", "text/html")
        replies = {"query": self.query, "parse": self.parse}
        reply = replies.get(query.get("action", ""), unknown_action)(query)
        headers = {"MediaWiki-API-Error": reply["error"]["code"]} if "error" in reply else {}
        return Answer(
            json.dumps(reply, ensure_ascii=False).encode(),
            "application/json; charset=utf-8",
            headers=headers,
        )

    def query(self, query: Mapping[str, str]) -> dict[str, Any]:
        if "revids" in query:
            return self.query_revisions(query)
        titles = query.get("titles", "").split("|")
        normalized = [(title, title.replace("_", " ")) for title in titles if "_" in title]
        titles = [title.replace("_", " ") for title in titles]
        followed = [t for t in titles if t in self.redirects] if "redirects" in query else []
        targets = [self.redirects[t] if t in followed else t for t in titles]
        reply: dict[str, Any] = {"pages": [self.page(title, query) for title in targets]}
        if normalized:
            reply["normalized"] = [
                {"fromencoded": False, "from": old, "to": new} for old, new in normalized
            ]
        if followed:
            reply["redirects"] = [{"from": t, "to": self.redirects[t]} for t in followed]
        return {"batchcomplete": True, "query": reply}

    def query_revisions(self, query: Mapping[str, str]) -> dict[str, Any]:
        numbers = [int(number) for number in query["revids"].split("|")]
        known = [self.revisions[number] for number in numbers if number in self.revisions]
        reply: dict[str, Any] = {"pages": [described(revision, query) for revision in known]}
        if lost := [number for number in numbers if number not in self.revisions]:
            reply["badrevids"] = {
                str(number): {"revid": number, "missing": True} for number in lost
            }
        return {"batchcomplete": True, "query": reply}

    def page(self, title: str, query: Mapping[str, str]) -> dict[str, Any]:
        if title in self.redirects:
            target = f"#REDIRECT [[{self.redirects[title]}]]"
            return described(Revision(title, target, 2_500_000), query)
        if title not in self.newest:
            return {"ns": 0, "title": title, "missing": True}
        return described(self.newest[title], query)

    def parse(self, query: Mapping[str, str]) -> dict[str, Any]:
        revision = self.revisions.get(int(query.get("oldid", "0")))
        if revision is None:
            return error("nosuchrevid", "There is no revision with ID " + query.get("oldid", ""))
        parsed: dict[str, Any] = {"title": revision.title, "pageid": 90_001}
        parsed["revid"] = revision.number
        wanted = query.get("prop", "text|wikitext").split("|")
        if "wikitext" in wanted:
            parsed["wikitext"] = revision.content
        if "text" in wanted:
            parsed["text"] = rendered(revision.content)
        return {"parse": parsed}

    def index(self, request: Request) -> Answer:
        """Answer `action=raw` with the source, and anything else with the page."""
        query = request.query
        title = query.get("title", "").replace("_", " ")
        if "oldid" in query:
            revision = self.revisions.get(int(query["oldid"]))
        else:
            revision = self.newest.get(title)
        if revision is None:
            return Answer("维基文库目前没有这个页面的文字。".encode(), "text/html", 404)
        if query.get("action") == "raw":
            return Answer(revision.content.encode(), "text/x-wiki; charset=UTF-8")
        return Answer(rendered(revision.content).encode(), "text/html; charset=UTF-8")


def described(revision: Revision, query: Mapping[str, str]) -> dict[str, Any]:
    """Give a page with one revision, holding what `rvprop` asked for."""
    wanted = query.get("rvprop", "ids|timestamp|flags|comment|user").split("|")
    entry: dict[str, Any] = {}
    if "ids" in wanted:
        entry |= {"revid": revision.number, "parentid": revision.parent}
    if "timestamp" in wanted:
        entry["timestamp"] = revision.timestamp
    if "sha1" in wanted:
        entry["sha1"] = revision.sha1
    if "content" in wanted:
        content = {"contentmodel": "wikitext", "contentformat": "text/x-wiki"}
        entry["slots"] = {"main": {**content, "content": revision.content}}
    return {"pageid": 90_001, "ns": 0, "title": revision.title, "revisions": [entry]}


def rendered(source: str) -> str:
    """Show a source roughly as HTML: its lines as paragraphs."""
    lines = [f"<p>{escape(line)}\n</p>" for line in source.splitlines() if line]
    return f'<div class="mw-content-ltr mw-parser-output" lang="zh">{"".join(lines)}</div>'


def unknown_action(query: Mapping[str, str]) -> dict[str, Any]:
    return error("badvalue", f"Unrecognized value for parameter “action”: {query.get('action')}.")


def error(code: str, info: str) -> dict[str, Any]:
    return {"error": {"code": code, "info": info, "docref": "See api.php for API usage."}}
