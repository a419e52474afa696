const chinese = document.documentElement.lang.startsWith("zh");
const say = (zh, en) => (chinese ? zh : en);

/* Tables: search, filters in the heads, order. */
const tables = new Map();
for (const element of document.querySelectorAll("table.searchable")) {
  const kinds = [...element.tHead.rows[0].cells].map((cell) => cell.dataset.kind);
  const caption = element.caption?.textContent ?? "";
  tables.set(element, jQuery(element).DataTable({
    paging: false,
    autoWidth: false,
    order: [],
    layout: { topStart: "info", topEnd: "search", bottomStart: null, bottomEnd: null },
    ordering: { indicators: false, handler: false },
    columnDefs: kinds.map((kind, place) => ({
      targets: place,
      columnControl: ["order", ...(kind === "choice" ? [["searchList"]] : [])],
    })),
    language: {
      search: say("查找：", "Search: "),
      info: say("_TOTAL_ 行", "_TOTAL_ rows"),
      infoEmpty: say("没有符合的行", "No row fits"),
      infoFiltered: say("（共 _MAX_ 行）", " of _MAX_"),
      emptyTable: say("没有内容", "Nothing"),
      zeroRecords: say("没有符合的行", "No row fits"),
      columnControl: {
        order: say("排序", "Sort"),
        searchList: say("筛选", "Filter"),
        list: { all: say("全选", "All"), none: say("全不选", "None"), search: say("查找", "Search") },
        dropdown: say("筛选", "Filter"),
      },
      aria: { orderable: say("：可排序", ": sortable") },
    },
  }));
  element.closest(".dt-container")?.querySelector("input[type=search]")?.setAttribute("aria-label", say("在表中查找：", "Search in ") + caption);
}

/* The id that a link of this page leads to; what is no address leads nowhere. */
function idOf(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

/* Show all rows of a table: what was sought above, and what was ticked in its heads. */
function showAll(table) {
  table.search("").columns().search("").columns().columnControl.searchClear().draw();
}

/* A place that a link leads to is shown, whatever hid it. */
function reveal(id) {
  const place = document.getElementById(id);
  for (const table of tables.values()) {
    const row = table.rows().nodes().toArray().find((node) => node.id === id);
    if (row && !row.isConnected) showAll(table);
  }
  const found = place ?? document.getElementById(id);
  if (!found) return null;
  for (let parent = found.parentElement; parent; parent = parent.parentElement) {
    if (parent.tagName === "DETAILS") parent.open = true;
  }
  for (const reading of document.querySelectorAll(".reading.only-changes")) {
    if (reading.contains(found)) setChangesOnly(reading, false);
  }
  return found;
}

addEventListener("hashchange", () => {
  const found = reveal(idOf(location.hash));
  if (!found) return;
  found.scrollIntoView({ block: "center" });
  const pane = found.closest(".pair .pane");
  if (pane) follow(pane, found);
});

/* The reading view: two panes that keep to each other. */
const passages = (pane) => [...pane.querySelectorAll(":scope > [id]")].filter((p) => p.offsetParent);

function partners(passage) {
  return [...passage.querySelectorAll(".partner")].map((a) => document.getElementById(idOf(a.hash))).filter(Boolean);
}

let leading = null;
let release = 0;

function otherPane(pane) {
  return [...pane.parentElement.children].find((other) => other !== pane);
}

/* Let the other pane show the partner of a passage at the same height. */
function follow(pane, passage) {
  const other = otherPane(pane);
  const partner = partners(passage).find((p) => other?.contains(p) && p.offsetParent);
  if (!partner) return;
  leading = pane;
  clearTimeout(release);
  release = setTimeout(() => { leading = null; }, 150);
  const height = passage.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  other.scrollTop += partner.getBoundingClientRect().top - other.getBoundingClientRect().top - height;
}

function firstSeen(pane) {
  const top = pane.getBoundingClientRect().top + 48;
  // What stands somewhere else there would tear the panes apart.
  return passages(pane).find((p) => p.getBoundingClientRect().bottom > top && !p.classList.contains("moved") && partners(p).length);
}

function setChangesOnly(reading, on) {
  reading.classList.toggle("only-changes", on);
  reading.querySelector(".changes-only").checked = on;
}

for (const reading of document.querySelectorAll(".reading.pair")) {
  const panes = [...reading.querySelectorAll(".pane")];
  const linked = reading.querySelector(".linked");
  reading.querySelector(".tools").hidden = false;
  for (const pane of panes) {
    pane.addEventListener("scroll", () => {
      if (!linked.checked || (leading && leading !== pane)) return;
      const passage = firstSeen(pane);
      if (passage) follow(pane, passage);
    }, { passive: true });
  }
  reading.querySelector(".changes-only").addEventListener("change", (event) => setChangesOnly(reading, event.target.checked));
  const newer = panes.at(-1);
  const step = (direction) => {
    const changed = passages(newer).filter((p) => p.className && !p.classList.contains("kept"));
    const top = newer.getBoundingClientRect().top + 60;
    const far = (p) => p.getBoundingClientRect().top - top;
    const next = direction > 0 ? changed.find((p) => far(p) > 4) : changed.findLast((p) => far(p) < -4);
    if (!next) return;
    newer.scrollTop += far(next);
    for (const p of reading.querySelectorAll(".found")) p.classList.remove("found");
    next.classList.add("found");
    follow(newer, next);
  };
  reading.querySelector(".next").addEventListener("click", () => step(1));
  reading.querySelector(".previous").addEventListener("click", () => step(-1));
}

/* Figures that answer: bars filter a table, terms search it, a heading shows its lineage. */
function showRows(element, place, text, within = "") {
  const table = tables.get(element);
  if (!table) return;
  for (let parent = element; parent; parent = parent.parentElement) if (parent.tagName === "DETAILS") parent.open = true;
  showAll(table);
  table.column(place).search(text, { exact: true });
  table.search(within).draw();
  element.closest(".dt-container").scrollIntoView({ block: "start" });
}

function press(target, label, act) {
  target.setAttribute("tabindex", "0");
  target.setAttribute("role", "button");
  target.setAttribute("aria-label", label);
  target.addEventListener("click", act);
  target.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(); } });
}

for (const bar of document.querySelectorAll("[data-show]")) {
  const cut = bar.dataset.show.lastIndexOf(":");
  const section = bar.dataset.show.slice(0, cut), status = bar.dataset.show.slice(cut + 1);
  const label = document.querySelector(`.pair .pane p.${CSS.escape(status)} .chip`)?.textContent ?? "";
  press(bar, `${section}: ${label}`, () => showRows(document.getElementById("table-measures"), 0, label, `"${section}/"`));
}

for (const word of document.querySelectorAll("[data-term]")) {
  press(word, word.dataset.term, () => {
    for (const [element, table] of tables) {
      if (!element.id.startsWith("table-terms-")) continue;
      if (table.column(0).data().toArray().some((cell) => jQuery("<i>").html(cell).text() === word.dataset.term)) showRows(element, 0, word.dataset.term);
    }
  });
}

const lineage = document.querySelector("[data-figure=lineage]");
if (lineage) {
  const picture = lineage.querySelector(".picture");
  const chosen = lineage.querySelector("p.chosen");
  const bands = [...picture.querySelectorAll("[data-link]")].map((band) => ({ band, ends: band.dataset.link.split("|") }));
  const headingOf = (a) => idOf(a.getAttribute("href"));
  const heads = [...picture.querySelectorAll("a")];
  const titles = new Map(heads.map((a) => [headingOf(a), a.textContent.trim().replace(/\s+/g, " ").replace(/^＋/, "")]));

  /* Go back from where one looks, and forth from there; never back and forth. */
  function thread(id) {
    const found = new Set([id]), used = new Set();
    for (const [from, to] of [[1, 0], [0, 1]]) {
      const waiting = [id];
      while (waiting.length) {
        const at = waiting.pop();
        for (const { band, ends } of bands) {
          if (ends[from] !== at || used.has(band)) continue;
          used.add(band);
          found.add(ends[to]);
          waiting.push(ends[to]);
        }
      }
    }
    return { found, used };
  }

  function clear() {
    picture.classList.remove("choosing");
    for (const element of picture.querySelectorAll(".chosen")) element.classList.remove("chosen");
    chosen.hidden = true;
  }

  function choose(ids) {
    clear();
    const all = ids.map(thread);
    const found = new Set(all.flatMap((part) => [...part.found]));
    for (const part of all) for (const band of part.used) band.classList.add("chosen");
    for (const a of heads) a.classList.toggle("chosen", found.has(headingOf(a)));
    picture.classList.add("choosing");
    const byPlan = new Map();
    for (const [id, title] of titles) {
      if (!found.has(id)) continue;
      const a = document.createElement("a");
      a.href = `#${encodeURIComponent(id).replaceAll("%2F", "/")}`;
      a.textContent = title;
      const plan = id.split("/")[0];
      byPlan.set(plan, [...(byPlan.get(plan) ?? []), a]);
    }
    chosen.replaceChildren(...[...byPlan].flatMap(([plan, links], place) => [
      place ? " → " : "", `${plan}${say("：", ": ")}`, ...links.flatMap((a, order) => [order ? say("、", ", ") : "", a]),
    ]));
    chosen.hidden = false;
  }

  for (const a of heads) a.addEventListener("click", (event) => { event.preventDefault(); choose([headingOf(a)]); });
  for (const { band, ends } of bands) {
    press(band, ends.map((id) => `${id.split("/")[0]} ${titles.get(id) ?? ""}`).join(" → "), () => choose(ends));
  }
  picture.addEventListener("click", (event) => { if (!event.target.closest("a, [data-link]")) clear(); });
  addEventListener("keydown", (event) => { if (event.key === "Escape") clear(); });
}

/* On paper nothing can be unfolded. */
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details:not([open])")) { fold.open = true; fold.dataset.printed = ""; }
});
addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-printed]")) { fold.open = false; delete fold.dataset.printed; }
});

/* Light and dark, beside what the machine asks for. */
const theme = document.querySelector(".theme");
const asked = matchMedia("(prefers-color-scheme: dark)");
function setTheme(dark) {
  document.documentElement.classList.toggle("dark", dark);
  document.documentElement.classList.toggle("light", !dark);
}
setTheme(asked.matches);
asked.addEventListener("change", () => setTheme(asked.matches));
theme.hidden = false;
theme.addEventListener("click", () => setTheme(!document.documentElement.classList.contains("dark")));

if (location.hash) dispatchEvent(new HashChangeEvent("hashchange"));
document.documentElement.dataset.ready = "true";
