// Training in the browser: number keys choose, N goes on, steps are moved by buttons, and the focus goes to the result.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const drill = by("drill"), result = by("result"), keys = by("keys");

  // --- the focus goes to what happened ---------------------------------------------------------------
  if (result) result.focus();
  else if (drill) (document.querySelector(".notice.bad") ?? drill).scrollIntoView({ block: "nearest" });

  // --- a form is sent once -----------------------------------------------------------------------------
  const buttons = (form) => form.querySelectorAll("button[type=submit]");
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    setTimeout(() => buttons(event.target).forEach((button) => { button.disabled = true; }));
  });
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => buttons(form).forEach((button) => { button.disabled = false; })));

  // --- steps that move ---------------------------------------------------------------------------------
  const steps = drill?.querySelector(".steps");
  if (steps) {
    const heard = Object.assign(document.createElement("p"), { className: "heard" });
    heard.setAttribute("role", "status");
    steps.after(heard);
    const number = () => [...steps.children].forEach((row, place) => {
      const last = steps.children.length - 1;
      row.querySelector("select").value = String(place + 1);
      const [up, down] = row.querySelectorAll("button.move");
      up.disabled = place === 0;
      down.disabled = place === last;
    });
    const named = (row) => row.querySelector("label").textContent;
    const move = (row, down) => {
      const other = down ? row.nextElementSibling : row.previousElementSibling;
      if (!other) return;
      if (down) other.after(row); else other.before(row);
      number();
      const [first, second] = row.querySelectorAll("button.move");
      const wanted = down ? second : first;
      (wanted.disabled ? (down ? first : second) : wanted).focus();
      const place = [...steps.children].indexOf(row) + 1;
      heard.textContent = steps.dataset.moved.replace("{step}", named(row)).replace("{n}", place);
    };
    const given = (row) => Number(row.querySelector("select").value) || 99;
    steps.append(...[...steps.children].sort((one, two) => given(one) - given(two)));
    for (const row of steps.children) {
      for (const down of [false, true]) {
        const button = Object.assign(document.createElement("button"), { type: "button", className: "second move" });
        button.textContent = down ? "↓" : "↑";
        button.setAttribute("aria-label", `${down ? steps.dataset.down : steps.dataset.up}: ${named(row)}`);
        button.addEventListener("click", () => move(row, down));
        row.append(button);
      }
    }
    steps.addEventListener("change", (event) => {
      const row = event.target.closest("li"), wanted = Number(event.target.value) - 1;
      if (!(wanted >= 0)) return;
      const rest = [...steps.children].filter((other) => other !== row);
      rest.splice(wanted, 0, row);
      steps.append(...rest);
      number();
      event.target.focus();
    });
    number();
  }

  // --- keys, which can be switched off ------------------------------------------------------------------
  if (!keys) return;
  const NAME = "sme-training-keys";
  const kept = () => { try { return localStorage.getItem(NAME) !== "off"; } catch { return true; } };
  let on = kept();
  const box = Object.assign(document.createElement("input"), { type: "checkbox", id: "keys-on", checked: on });
  const label = Object.assign(document.createElement("label"), { htmlFor: "keys-on", textContent: keys.dataset.switch });
  const line = Object.assign(document.createElement("p"), { className: "check" });
  line.append(box, label);
  keys.append(line);
  const show = () => document.body.classList.toggle("by-keys", on && matchMedia("(hover: hover)").matches);
  box.addEventListener("change", () => {
    on = box.checked;
    try { localStorage.setItem(NAME, on ? "on" : "off"); } catch { /* only for this page then */ }
    show();
  });
  show();

  const typing = (element) => element?.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(document.activeElement)) return;
    if (/^[1-9]$/.test(event.key) && drill) {
      const option = drill.querySelectorAll(".option input")[Number(event.key) - 1];
      if (!option) return;
      event.preventDefault();
      option.focus();
      option.click();
    } else if (event.key === "Enter" && drill && !document.activeElement?.matches("a, button, summary, input")) {
      event.preventDefault();
      drill.requestSubmit();
    } else if (event.key.toLowerCase() === "n" && by("next")) {
      event.preventDefault();
      by("next").click();
    }
  });
})();
