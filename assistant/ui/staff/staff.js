// What the pages for staff do in the browser: send files one by one, look for news, and turn pages beside the clauses.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);

  // --- sending files -----------------------------------------------------------------------------

  const percent = (text) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, "\ufffd"));

  const row = (form, file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = file.name;
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const said = document.createElement("span");
    said.textContent = ` ${form.dataset.sending}`;
    item.append(name, " ", bar, said);
    form.querySelector(".sending").append(item);
    return { bar, end: (text, failed) => { bar.remove(); said.textContent = ` ${text}`; said.className = failed ? "problem" : "soft"; } };
  };

  const send = (form, file) => new Promise((done) => {
    const shown = row(form, file);
    if (file.size > Number(form.dataset.largest)) {
      shown.end(`${form.dataset.failed}: ${form.dataset.large}`, true);
      done(null);
      return;
    }
    const request = new XMLHttpRequest();
    const failed = () => {
      const problem = request.response?.problem || form.dataset.lost;
      shown.end(`${form.dataset.failed}: ${problem}`, true);
      done(null);
    };
    request.open("POST", form.dataset.url);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Form-Token", form.dataset.token);
    request.setRequestHeader("X-File-Name", percent(file.name));
    request.setRequestHeader("X-Group", percent(form.querySelector("select")?.value ?? ""));
    request.setRequestHeader("X-Replaces", form.dataset.replaces);
    request.upload.onprogress = (event) => { if (event.lengthComputable) shown.bar.value = 100 * event.loaded / event.total; };
    request.onload = () => {
      if (request.status !== 201) { failed(); return; }
      shown.end(form.dataset.sent, false);
      done(request.response.id);
    };
    request.onerror = failed;
    request.onabort = failed;
    request.send(file);
  });

  const sendAll = async (form, files) => {
    const list = form.querySelector(".sending");
    list.replaceChildren();
    if (!files.length) { list.append(Object.assign(document.createElement("li"), { textContent: form.dataset.none })); return; }
    const button = form.querySelector("button");
    button.disabled = true;
    let newest = null;
    for (const file of files) {  // one after the other: the line is the same, and what is there is read meanwhile
      newest = await send(form, file) ?? newest;
      look();
    }
    button.disabled = false;
    form.querySelector("input[type=file]").value = "";
    if (newest && form.dataset.replaces) location.assign(`${newest}?done=added`);
  };

  for (const form of document.querySelectorAll("form.send")) {
    const input = form.querySelector("input[type=file]");
    form.addEventListener("submit", (event) => { event.preventDefault(); sendAll(form, [...input.files]); });
    form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      sendAll(form, [...event.dataTransfer.files].slice(0, input.multiple ? undefined : 1));
    });
  }

  // A click that waits for the index says so, and cannot be made twice.
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("button[type=submit]");
    if (event.target.method !== "post" || !button) return;
    setTimeout(() => { button.disabled = true; if (button.dataset.busy) button.textContent = button.dataset.busy; });
  });

  // --- news --------------------------------------------------------------------------------------

  const news = by("news");
  const waiting = document.querySelector("[data-reload]");
  const OFTEN = 1000, SELDOM = 15000;  // milliseconds
  let last = null, timer = null, looking = false, before = new Set();

  const put = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("uploads");
    if (!fresh) return;
    const focused = document.activeElement?.closest(".card")?.id;
    by("uploads").replaceWith(document.adoptNode(fresh));
    if (focused) by(focused)?.querySelector("a").focus({ preventScroll: true });
  };

  const look = async () => {
    if (!news && !waiting) return;
    clearTimeout(timer);
    if (looking) return;
    looking = true;
    let busy = Boolean(waiting);
    try {
      const answer = await fetch(news ? news.dataset.url : "news");
      if (answer.status === 401) { location.reload(); return; }
      const found = await answer.json();
      busy ||= found.working.length > 0;
      for (const { id, percent: share, said } of found.working) {
        for (const part of document.querySelectorAll(`[data-id="${CSS.escape(id)}"] .progress`)) {
          part.querySelector("progress").value = share;
          part.querySelector(".step").textContent = said;
        }
      }
      const now = new Set(found.working.map(({ id }) => id));
      const read = [...before].some((id) => !now.has(id));
      before = now;
      if (waiting && !found.working.some(({ id }) => id === waiting.dataset.id)) { location.reload(); return; }
      if (news && last !== null && last !== found.list) {
        const page = await fetch(location.href);
        if (page.ok) put(await page.text());
        if (read) news.textContent = news.dataset.said;
      }
      last = found.list;
    } catch { /* the server is away for a moment: looked for again */ } finally { looking = false; }
    timer = setTimeout(look, busy && !document.hidden ? OFTEN : SELDOM);
  };
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  look();

  // --- pages beside clauses ----------------------------------------------------------------------

  const picture = by("picture");
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a.to-page");
    if (!link || !picture || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const query = new URLSearchParams({ page: link.dataset.page });
    if (link.dataset.clause) query.set("clause", link.dataset.clause);
    const answer = await fetch(`${location.pathname}/picture?${query}`);
    if (!answer.ok) { location.assign(link.href); return; }
    const turning = picture.contains(document.activeElement);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    picture.replaceChildren(...page.body.childNodes);
    if (turning) picture.querySelector("a.to-page")?.focus({ preventScroll: true });
    for (const chosen of document.querySelectorAll(".clauses .chosen")) chosen.classList.remove("chosen");
    for (const current of document.querySelectorAll(".clauses [aria-current]")) current.removeAttribute("aria-current");
    if (link.dataset.clause) {
      link.closest("li")?.classList.add("chosen");
      link.setAttribute("aria-current", "true");
    }
    history.replaceState(null, "", `?${query}`);
    if (picture.getBoundingClientRect().top > innerHeight || picture.getBoundingClientRect().bottom < 0) picture.scrollIntoView();
  });
})();
