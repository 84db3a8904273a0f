// Small help for the keyboard; every page works without it.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// "/" goes to the search box; j and k go to the next and the previous result or match.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const box = document.querySelector("input[type=search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
    return;
  }
  if (event.key !== "j" && event.key !== "k") return;
  const steps = [...document.querySelectorAll("[data-step]")];
  if (!steps.length) return;
  const at = steps.findIndex((step) => step === document.activeElement || step.contains(document.activeElement));
  const next = event.key === "j" ? Math.min(at + 1, steps.length - 1) : Math.max(at - 1, 0);
  steps[next].focus();
  steps[next].scrollIntoView({ block: "center" });
});

// A button that copies the text of another element, where the browser allows it.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = "Copied";
  });
}

// Choices that act at once: the form around them is sent when they change.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// A page that says how far something is comes anew after so many seconds.
const running = document.querySelector("[data-reload]");
if (running) setTimeout(() => location.reload(), Number(running.dataset.reload) * 1000);

// Keys of a page that names them: a button is pressed, a field is gone to.
const keyed = new Map([...document.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, each]));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const target = keyed.get(event.key);
  if (!target) return;
  event.preventDefault();
  if (target.matches("select, input")) target.focus();
  else target.click();
});
