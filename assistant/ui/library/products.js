// The list works without this: it keeps the choice to four, tells how many are chosen, and shortens addresses.
"use strict";
(() => {
  const most = 4;
  const form = document.getElementById("choosing");
  const told = document.getElementById("chosen");
  const filters = document.querySelector("details.filters");
  if (filters && matchMedia("(max-width: 900px)").matches) filters.open = false;

  function count() {
    const boxes = [...form.querySelectorAll("input[name=p]")];
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = !box.checked && chosen >= most;
    told.textContent = told.dataset.template.replace("#", chosen);
  }

  if (form && told) {
    form.addEventListener("change", (event) => {
      if (event.target.name === "p") count();
      if (event.target.name === "sort") form.requestSubmit();
    });
    count();
  }
  for (const any of document.querySelectorAll("form[method=get]")) {
    any.addEventListener("submit", () => {
      const empty = [...any.elements].filter((field) => field.name && field.value === "");
      for (const field of empty) field.disabled = true;
      addEventListener("pagehide", () => empty.forEach((field) => (field.disabled = false)), { once: true });
    });
  }
})();
