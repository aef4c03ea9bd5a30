// What a page does beside being read: search and filters, folding, dark mode, print.
"use strict";
(() => {
  const root = document.documentElement;
  const tools = document.querySelector("form.tools");
  const rows = [...document.querySelectorAll("[data-row]")];
  const groups = [...document.querySelectorAll("main details")];
  const contents = document.querySelector("nav.contents");
  const darkness = document.querySelector('[data-do="theme"]');
  const isCut = !!document.querySelector("main [data-cut]:not(output)");
  const texts = new Map();

  // Signs above and below letters don't count, nor does their case; đ is a d.
  const folded = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

  // What doesn't change stands in one line, unfolded where a name in it is searched for.
  const isRest = (row) => row.classList.contains("rest");

  // A branch of a tree is found by its own line, not by what is below it.
  const textOf = (row) => {
    if (!texts.has(row)) {
      const line = isRest(row) ? null : row.querySelector(":scope > details > summary");
      const cells = line ? [line] : [...row.querySelectorAll("td, th, li")];
      const said = (cells.length ? cells : [row]).map((cell) => cell.textContent);
      texts.set(row, folded([...said, row.dataset.id || ""].join(" ")));
    }
    return texts.get(row);
  };

  const show = (theme) => {
    root.dataset.theme = theme;
    darkness.setAttribute("aria-pressed", String(theme === "dark"));
    document.dispatchEvent(new Event("themed"));
  };
  const remembered = () => {
    try { return localStorage.getItem("orgraph-theme"); } catch { return null; }
  };
  const prefers = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => remembered() || (prefers.matches ? "dark" : "light");
  prefers.addEventListener("change", () => show(theme()));
  darkness.addEventListener("click", () => {
    const next = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("orgraph-theme", next); } catch { /* not kept, then */ }
    show(next);
  });

  const chosen = (name) =>
    [...tools.querySelectorAll(`[name="${name}"]:checked`)].map((box) => box.value);

  const matches = (row, words, marks, severities) => {
    if (row.dataset.severity) {
      if (severities.length && !severities.includes(row.dataset.severity)) return false;
      if (marks.length && !severities.length) return false;
    } else if (severities.length && !marks.length) {
      return false;
    } else if (marks.length) {
      const said = (row.dataset.marks || "").split(" ");
      const one = said.includes("reorganised") ? ["united", "divided"] : said;
      if (!marks.some((mark) => one.includes(mark))) return false;
    }
    const text = words.length ? textOf(row) : "";
    return words.every((word) => text.includes(word));
  };

  // How pages are folded before the first filter, to be folded so again after it.
  let unfiltered = null;
  const filter = () => {
    const words = folded(tools.elements.q.value).split(/\s+/).filter(Boolean);
    const marks = chosen("mark"), severities = chosen("severity");
    const any = words.length || marks.length || severities.length;
    if (any && !unfiltered) unfiltered = groups.map((group) => group.open);
    let found = 0;
    const kept = new Set();
    // Last to first: a branch stays for what is below it.
    for (const row of rows.toReversed()) {
      const own = !any || matches(row, words, marks, severities);
      if (own) found += 1;
      const stays = own || kept.has(row);
      row.hidden = !stays;
      if (stays && any) {
        const above = row.parentElement.closest("[data-row]");
        if (above) kept.add(above);
      }
    }
    groups.forEach((group, place) => {
      if (any) {
        const line = group.closest("[data-row]");
        const named = line && isRest(line) && !line.hidden;
        group.open = line ? kept.has(line) || named : !!group.querySelector("[data-row]:not([hidden])");
      } else if (unfiltered) {
        group.open = unfiltered[place];
      }
    });
    if (!any) unfiltered = null;
    const status = tools.querySelector(".status");
    status.textContent = !any ? "" : found
      ? `${status.dataset.some} ${found.toLocaleString(root.lang)}` : status.dataset.none;
    if (any && isCut) status.textContent += `${found ? "." : ""} ${status.dataset.cut}`;
  };

  // A long page has its sections named at its head, each to go to.
  const sections = [...document.querySelectorAll("main section[id] > h2")];
  if (contents && sections.length > 3) {
    for (const heading of sections) {
      const link = document.createElement("a");
      link.href = `#${heading.parentElement.id}`;
      link.textContent = heading.textContent;
      contents.append(link);
    }
    contents.hidden = false;
  }

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(filter, 80); };
  const fold = (open) => groups.forEach((group) => { group.open = open; });

  if (tools && rows.length) {
    tools.hidden = false;
    tools.addEventListener("input", soon);
    tools.addEventListener("reset", () => setTimeout(filter));
    tools.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
    tools.querySelector('[data-do="unfold"]').addEventListener("click", () => fold(true));
    tools.querySelector('[data-do="fold"]').addEventListener("click", () => fold(false));
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        tools.elements.q.focus();
      } else if (event.key === "Escape" && tools.contains(event.target)) {
        tools.reset();
      }
    });
  }

  document.querySelector('[data-do="print"]').addEventListener("click", () => print());
  // Paper can't be unfolded: what isn't long is open there, what is long stays as it is
  // on the screen, as does what only says again what is above it; and all is as it was
  // again afterwards.
  const longest = 200;
  let folds = null;
  addEventListener("beforeprint", () => {
    folds = groups.map((group) => group.open);
    for (const group of groups) {
      if (group.classList.contains("again")) continue;
      const tree = group.closest(".tree") || group;
      if (tree.querySelectorAll("[data-row]").length <= longest) group.open = true;
    }
    root.dataset.theme = "light";
    document.dispatchEvent(new Event("themed"));
  });
  addEventListener("afterprint", () => {
    if (folds) groups.forEach((group, place) => { group.open = folds[place]; });
    folds = null;
    show(theme());
  });
  show(theme());
})();
