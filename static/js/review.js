// A pair in Duplicatas: it is let go when its page is left without a verdict, and judged once. Without this script the
// claim ends by itself after some minutes.
"use strict";

(() => {
  const desk = document.querySelector("[data-review]");
  if (!desk) return;
  let settled = false;

  desk.addEventListener("submit", (event) => {
    if (settled) event.preventDefault();
    settled = true;
    desk.querySelectorAll("[data-press]").forEach((button) => button.setAttribute("aria-disabled", "true"));
  });

  addEventListener("pagehide", () => {
    if (settled) return;
    const form = new FormData();
    form.set("csrfmiddlewaretoken", desk.querySelector("[name=csrfmiddlewaretoken]").value);
    navigator.sendBeacon(desk.dataset.review, form);
  });

  // A page brought back by the browser's own history shows a pair that may be settled: ask the server.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
