// What the reader of a document does in the browser: copying, the place in the outline, ticks, printing. All of it can
// be done without: citations can be selected, links followed, ticks sent.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const reader = document.querySelector(".reader");
  if (!reader) return;
  const said = by("said");

  // Behind a proxy the server may not know the address it is reached at; the browser does.
  const here = new URL("..", location.href).href;
  const told = reader.dataset.site;
  const ours = (text) => (told && told !== here ? text.replaceAll(told, here) : text);
  for (const text of document.querySelectorAll(".citation, .printed.foot, .printed li")) text.textContent = ours(text.textContent);

  // --- copying -----------------------------------------------------------------------------------

  const copy = async (text, button) => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {  // no leave, or no https
      const field = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(field);
      field.select();
      done = document.execCommand("copy");
      field.remove();
      button.focus({ preventScroll: true });
    }
    said.textContent = "";
    setTimeout(() => { said.textContent = done ? said.dataset.copied : said.dataset.failed; }, 50);
    button.classList.toggle("done", done);
    setTimeout(() => button.classList.remove("done"), 3000);
  };

  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(by(button.dataset.from).textContent, button));
  }
  for (const link of document.querySelectorAll("a[data-link]")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "tool copy-link", textContent: link.dataset.label });
    button.setAttribute("aria-label", link.dataset.named);
    button.addEventListener("click", () => copy(ours(link.dataset.link), button));
    link.replaceWith(button);
  }

  // --- the place in the outline ------------------------------------------------------------------

  const outline = document.querySelector(".outline details");
  if (outline && matchMedia("(max-width: 959px)").matches) outline.open = false;
  const target = () => by(decodeURIComponent(location.hash.slice(1)));
  target()?.scrollIntoView();  // closing the outline moved it
  const entries = new Map([...document.querySelectorAll(".outline a")].map((entry) => [entry.hash.slice(1), entry]));
  let current = null;
  const mark = () => {
    const seen = target()?.getBoundingClientRect();
    let reached = seen && seen.top >= 0 && seen.bottom <= innerHeight ? target() : null;
    if (!reached) for (const clause of document.querySelectorAll("article.clause")) {
      if (clause.getBoundingClientRect().top > innerHeight * 0.3) break;
      reached = clause;
    }
    const entry = reached ? entries.get(reached.id) : null;
    if (entry === current) return;
    current?.removeAttribute("aria-current");
    entry?.setAttribute("aria-current", "true");
    current = entry;
    const nav = outline.parentElement;
    if (entry && nav.scrollHeight > nav.clientHeight) {
      const place = entry.offsetTop - nav.clientHeight / 2;
      nav.scrollTop = Math.max(0, place);
    }
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  }, { passive: true });
  addEventListener("hashchange", mark);
  mark();

  // --- ticks -------------------------------------------------------------------------------------

  const boxes = [...document.querySelectorAll("input[name=clauses]")];
  const all = document.querySelector("#export input[name=all]");
  const picked = by("picked");
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    picked.textContent = ticked ? picked.dataset.said.replace("{count}", ticked) : "";
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; count(); });
  for (const box of boxes) box.addEventListener("change", count);
  count();

  // --- printing ----------------------------------------------------------------------------------

  const print = document.querySelector("button.print");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
})();
