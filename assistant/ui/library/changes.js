// Choosing shows at once; without a script the button does.
for (const form of document.querySelectorAll("form.filters")) {
  for (const field of form.querySelectorAll("select")) field.addEventListener("change", () => form.requestSubmit());
}
