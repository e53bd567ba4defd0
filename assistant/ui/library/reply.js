// The page works without this, which copies the draft, with or without its clauses.
"use strict";
(() => {
  const text = document.getElementById("text");
  const told = document.getElementById("copied");
  if (!text || !told) return;

  function bare() {
    return JSON.parse(text.dataset.bases).reduce((left, basis) => left.split(basis).join(""), text.value);
  }

  async function put(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      // Pages that are not served over https have no clipboard: copy by a selection.
      const held = document.createElement("textarea");
      held.value = words;
      document.body.append(held);
      held.select();
      const done = document.execCommand("copy");
      held.remove();
      return done;
    }
  }

  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const done = await put("bare" in button.dataset ? bare() : text.value);
      told.textContent = done ? told.dataset.done : told.dataset.failed;
      button.focus();
    });
  }
})();
