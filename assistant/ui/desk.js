// The pages with a form: what is open stays open, questions lead to their fields, and results are told and printed.
"use strict";
(() => {
  const { by, go, say } = globalThis.sme;
  const open = new Set();

  // Results are made anew with every change, in the elements of before: what the visitor opened is opened again, and
  // nothing else.
  document.addEventListener("click", (event) => {
    const details = event.target.closest("summary")?.parentElement;
    const key = details?.dataset.keep;
    if (key) setTimeout(() => { if (details.open) open.add(key); else open.delete(key); });
  });
  const restore = () => {
    for (const item of document.querySelectorAll("#results details[data-keep]")) {
      const wanted = open.has(item.dataset.keep);
      if (item.open !== wanted) item.open = wanted;
    }
  };

  // Arrow keys move within a choice and Tab leaves it only while its radios bear one name. Gradio makes them anew when a
  // choice changes, so this is done at once and not with the next frame: a key may come before that.
  const nameChoices = () => {
    for (const radio of document.querySelectorAll("fieldset.field[id] input[type=radio]")) {
      const name = radio.closest("fieldset").id;
      if (radio.name !== name) radio.name = name;
    }
  };
  const inputs = () => {
    for (const field of document.querySelectorAll(".field.date input")) if (field.type !== "date") field.type = "date";
    for (const field of document.querySelectorAll(".field.number input")) field.inputMode = "decimal";
    for (const field of document.querySelectorAll("fieldset.field")) {
      field.setAttribute("aria-label", field.querySelector("span")?.textContent.trim() ?? "");
    }
    for (const field of document.querySelectorAll(".field")) {
      const bad = field.classList.contains("bad");
      for (const input of field.querySelectorAll("input")) {
        if (bad) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
      }
    }
  };

  let told = null;
  let telling = 0;
  const look = () => {
    inputs();
    const said = by("results")?.dataset.said;
    if (said === undefined) return;
    restore();
    if (told !== null && said !== told) { clearTimeout(telling); telling = setTimeout(() => say(said), 800); }
    told = said;
  };

  const toField = (id, tries = 20) => {
    const field = by(id);
    if (field?.offsetParent) {
      field.scrollIntoView({ block: "center" });
      (field.querySelector("input:checked") ?? field.querySelector("input, textarea, button"))?.focus({ preventScroll: true });
      field.classList.add("lit");
      setTimeout(() => field.classList.remove("lit"), 2500);
      return;
    }
    if (tries === 20) document.querySelector("#more > button[aria-expanded='false'], #more > button:not(.open)")?.click();
    if (tries > 0) setTimeout(() => toField(id, tries - 1), 100);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-field");
    if (link) { event.preventDefault(); event.stopPropagation(); toField(link.getAttribute("href").slice(1)); return; }
    if (event.target.closest("button.print")) print();
    const rest = event.target.closest("#to-results a");
    if (rest) { event.preventDefault(); event.stopPropagation(); go(by("results")); }
  }, true);

  // The bar that leads to the results on a phone goes away once one is there.
  const arrived = () => {
    const results = by("results");
    by("to-results")?.classList.toggle("there", !!results && results.getBoundingClientRect().top < innerHeight * 0.8);
  };
  addEventListener("scroll", arrived, { passive: true });

  let waiting = false;
  new MutationObserver(() => {
    nameChoices();
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; look(); });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "type", "name", "data-said", "data-keep"] });
})();
