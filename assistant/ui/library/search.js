// The search while one types: results, counts and facets come anew, the address follows, and keys lead through.
"use strict";
(() => {
  const form = document.getElementById("search");
  const line = document.getElementById("q");
  const [found, facets, count] = ["found", "facets", "count"].map((id) => document.getElementById(id));
  const PAUSE = 180; // milliseconds without a key before looking up

  // --- looking up ------------------------------------------------------------------------------------

  const query = () => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    return new URLSearchParams(pairs).toString();
  };

  let going = null;
  let shownFor = query();

  const look = async () => {
    const wanted = query();
    if (wanted === shownFor) return;
    going?.abort();
    going = new AbortController();
    found.classList.add("waiting");
    try {
      const response = await fetch(`${form.dataset.results}?${wanted}`, { signal: going.signal });
      if (!response.ok) throw new Error(String(response.status));
      const news = await response.json();
      shownFor = wanted;
      show(news);
    } catch (error) {
      if (error.name === "AbortError") return;
      count.textContent = form.dataset.failed;
    }
    found.classList.remove("waiting");
  };

  const show = (news) => {
    const focused = facets.contains(document.activeElement) ? document.activeElement : null;
    const open = new Set([...facets.querySelectorAll("details[open]")].map((one) => one.dataset.facet));
    found.innerHTML = news.results; // made and escaped by the server
    facets.innerHTML = news.facets;
    count.textContent = news.count;
    form.querySelector(".sorting").hidden = !line.value.trim();
    for (const one of facets.querySelectorAll("details")) one.open = open.has(one.dataset.facet);
    if (focused) again(focused)?.focus();
    history.replaceState(null, "", news.address === "?" ? location.pathname : news.address);
    offerCopies();
  };

  const again = (one) => [...facets.querySelectorAll("input, select")].find(
    (other) => other.name === one.name && (one.type !== "checkbox" || other.value === one.value));

  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(look, PAUSE); };
  const now = () => { clearTimeout(timer); look(); };

  let composing = false; // an input method is at work: what stands there is no word yet
  line.addEventListener("compositionstart", () => { composing = true; });
  line.addEventListener("compositionend", () => { composing = false; soon(); });
  line.addEventListener("input", () => { if (!composing) soon(); });
  form.addEventListener("change", (event) => { if (event.target !== line) now(); });
  form.addEventListener("submit", (event) => { event.preventDefault(); now(); });

  // --- keys ------------------------------------------------------------------------------------------

  const results = () => [...found.querySelectorAll("a.result")];

  const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select") || target.isContentEditable;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    const all = results();
    const at = all.indexOf(target);
    if (event.key === "/" && !typing(target)) {
      line.focus();
      line.select();
    } else if (event.key === "Escape" && target !== line && (at >= 0 || found.contains(target))) {
      line.focus();
    } else if (event.key === "ArrowDown" && (target === line || at >= 0) && all.length) {
      all[Math.min(at + 1, all.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at ? all[at - 1] : line).focus();
    } else {
      return;
    }
    event.preventDefault();
  });

  // --- links to clauses ------------------------------------------------------------------------------

  const offerCopies = () => { for (const button of found.querySelectorAll("button.copy")) button.hidden = false; };

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no permission, or no https: the old way
      const field = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  found.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    await copied(new URL(button.dataset.link, location.href).href);
    button.focus();
    const said = button.textContent;
    button.textContent = form.dataset.copied;
    count.textContent = form.dataset.copied;
    setTimeout(() => { button.textContent = said; }, 2000);
  });

  // --- filters beside the results where there is room -----------------------------------------------

  const filters = form.querySelector(".filters");
  const wide = matchMedia("(min-width: 960px)");
  const fit = () => { filters.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  offerCopies();
})();
