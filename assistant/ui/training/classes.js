// What pages of classes do better with a script: the whole address to copy, long lists narrowed down, printing.
"use strict";

const join = document.getElementById("join");
if (join) {
  join.textContent = join.href;
  const copy = document.getElementById("copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(join.href);
        document.getElementById("copied").textContent = copy.dataset.done;
      } catch {
        getSelection().selectAllChildren(join); // where copying is not allowed, it is marked to be copied by hand
      }
    });
  }
}

for (const folded of document.querySelectorAll("details[data-narrow]")) {
  const choices = [...folded.querySelectorAll("label.choice")];
  if (choices.length < 12) continue;
  const label = document.createElement("label");
  const field = document.createElement("input");
  label.className = "narrow-field";
  field.type = "search";
  label.append(folded.dataset.narrow, field);
  folded.querySelector("summary").after(label);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const choice of choices) {
      const chosen = choice.querySelector("input").checked;
      choice.hidden = !chosen && !choice.textContent.toLowerCase().includes(wanted);
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it narrows down, it does not send the form
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
