// Keyboard shortcuts of one key. They can be switched off in the help dialog (WCAG 2.1.4); that switch is the only
// thing kept in the browser. Shortcuts press links and buttons that are on the page: nothing is reachable by key alone.
"use strict";

(() => {
  const STORE = "keys";
  const PREFIX_MS = 1200;
  // A key meant for the page before must not press a button of this one: nobody has seen it yet.
  const UNSEEN_MS = 250;

  function enabled() {
    try {
      return localStorage.getItem(STORE) !== "off";
    } catch {
      return true;
    }
  }

  function remember(on) {
    try {
      if (on) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, "off");
    } catch {
      // without storage the switch lasts until the page is left
    }
  }

  let active = enabled();
  let prefixUntil = 0;

  const toggle = document.querySelector("[data-keys-switch]");
  if (toggle) {
    toggle.checked = active;
    toggle.addEventListener("change", () => {
      active = toggle.checked;
      remember(active);
    });
  }

  const rows = () => [...document.querySelectorAll("[data-rows] > [data-row]")];
  const marked = () => document.querySelector("[data-row].result-active");

  function move(step) {
    const list = rows();
    if (!list.length) return;
    const index = Math.min(list.length - 1, Math.max(0, list.indexOf(marked()) + step));
    list.forEach((row, position) => row.classList.toggle("result-active", position === index));
    list[index].scrollIntoView({ block: "nearest" });
    list[index].querySelector("[data-open]")?.focus({ preventScroll: true });
  }

  function preview() {
    const button = marked()?.querySelector("[data-preview]");
    button?.click();
    return Boolean(button);
  }

  const actions = {
    "/": () => document.getElementById("busca-geral")?.focus(),
    "?": () => document.getElementById("ajuda")?.showModal(),
    j: () => move(1),
    k: () => move(-1),
    Enter: () => marked()?.querySelector("[data-open]")?.click(),
    g: () => {
      prefixUntil = Date.now() + PREFIX_MS;
    },
  };

  function go(key) {
    prefixUntil = 0;
    document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
  }

  // A button that states data-press="y" is pressed by that key, in either case, once for each time it goes down.
  function press(event) {
    const button = event.key.length === 1 && document.querySelector(`[data-press="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button) return;
    event.preventDefault();
    if (!event.repeat && performance.now() > UNSEEN_MS) button.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target, key } = event;
    if (target.closest("input, textarea, select, [contenteditable]")) {
      if (key === "Escape") target.blur();
      return;
    }
    if (!active || document.querySelector("dialog[open]")) return;
    if (Date.now() < prefixUntil) {
      go(key);
      return;
    }
    const onControl = target.closest("a, button, summary");
    if (key === "Enter" && onControl) return; // the browser opens what has the focus
    if (key === " ") {
      // Space on a button presses it; on the marked result's link, where it does nothing, it shows the summary.
      if (!target.closest("button, summary") && preview()) event.preventDefault();
      return;
    }
    if (!actions[key]) {
      press(event);
      return;
    }
    event.preventDefault();
    actions[key]();
  });
})();
