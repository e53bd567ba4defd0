// What the page does in the browser by itself: marks lead to sources, copying, typing Chinese, and one spoken line.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // Enter that ends the choice of a Chinese word belongs to the input method, not to us. Safari reports it after the
  // composition has ended, with keyCode 229 only.
  const composing = (event) => event.key === "Enter" && (event.isComposing || event.keyCode === 229);
  for (const kind of ["keydown", "keypress", "keyup"]) {
    document.addEventListener(kind, (event) => { if (composing(event)) event.stopImmediatePropagation(); }, true);
  }

  const go = (element) => {
    if (!element) return;
    element.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
    element.focus({ preventScroll: true });
  };

  const showGroup = (group) => {
    for (const other of document.querySelectorAll("#sources .group")) other.hidden = other !== group;
  };

  const showSource = (target) => {
    const group = target.closest(".group");
    if (group) showGroup(group);
    for (const lit of document.querySelectorAll(".source.lit")) lit.classList.remove("lit");
    target.classList.add("lit");
    go(target);
  };

  let cameFrom = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link) {
      const target = by(link.getAttribute("href").slice(1));
      if (!target) return;
      event.preventDefault();
      if (link.matches(".mark, .to-sources")) { cameFrom = link; showSource(target); }
      else if (link.matches(".back") && cameFrom?.isConnected && target.contains(cameFrom)) { go(cameFrom); }
      else if (link.matches(".skip") && target.querySelector("textarea")) { target.querySelector("textarea").focus(); }
      else go(target);
      return;
    }
    const button = event.target.closest("button.copy");
    if (button) copy(button);
  });

  const copy = async (button) => {
    const done = await written(button.dataset.copy);
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    button.textContent = done ? button.dataset.copied : button.dataset.failed;
    say(button.textContent);
    setTimeout(() => { button.textContent = label; }, 2000);
  };

  // The clipboard API is there on https and localhost only; in a local network the older way serves.
  const written = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* the older way */ }
    const area = document.createElement("textarea");
    const before = document.activeElement;
    area.value = text;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand("copy"); } catch { /* said below */ }
    area.remove();
    before?.focus({ preventScroll: true });
    return done;
  };

  const live = document.createElement("div");
  live.id = "live";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");
  const say = (text) => { live.textContent = ""; setTimeout(() => { live.textContent = text; }, 50); };

  // The other pages begin with the language and the policy date of this one.
  const carry = () => {
    const language = document.querySelector("#language input:checked")?.value;
    const day = document.querySelector("#as-of input")?.value;
    for (const link of document.querySelectorAll("#head nav a")) {
      const query = new URLSearchParams({ ...(language && { lang: language }), ...(day && { day }) });
      link.setAttribute("href", `${link.getAttribute("href").split("?")[0]}?${query}`);
    }
  };
  document.addEventListener("change", carry);

  let seen = "";
  const look = () => {
    by("waiting")?.remove();
    const day = document.querySelector("#as-of input");
    if (day && day.type !== "date") day.type = "date";
    by("language")?.setAttribute("aria-label", by("language").querySelector("span").textContent.trim());
    const shown = document.querySelector("[data-page-language]");
    if (!shown) return;
    document.documentElement.lang = shown.dataset.pageLanguage;
    if (document.title !== shown.dataset.pageTitle) document.title = shown.dataset.pageTitle;
    carry();
    const turns = by("turns");
    if (!turns) return;
    const newest = turns.lastElementChild;
    const reply = newest?.querySelector("[data-done]");
    const now = newest ? newest.dataset.turn + (reply ? "!" : "") : "";
    if (now === seen) return;
    seen = now;
    if (newest && !reply) newest.scrollIntoView({ block: "start" });
    if (reply) {
      newest.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth", block: "start" });
      say(reply.dataset.done || reply.textContent);
    }
  };

  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; look(); });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-turn", "data-page-language", "data-done", "type"] });
  document.addEventListener("DOMContentLoaded", () => { document.body.append(live); look(); });
  Object.assign(globalThis, { sme: { by, calm, go, say } }); // for the pages with a form
})();
