// Sets the theme before the first paint, and lets the reader change it.
// The choice ("light" or "dark") is all this application ever keeps in the browser, beside the keys switch (keys.js).
"use strict";

(() => {
  const root = document.documentElement;
  const STORE = "theme";

  root.classList.add("js");

  function stored() {
    try {
      return localStorage.getItem(STORE);
    } catch {
      return null; // storage is forbidden: follow the system
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(STORE, theme);
    } catch {
      // the choice then lasts until the page is left
    }
  }

  function current() {
    if (root.dataset.theme) return root.dataset.theme;
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  const choice = stored();
  if (choice === "light" || choice === "dark") root.dataset.theme = choice;

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.theme = current() === "dark" ? "light" : "dark";
    remember(root.dataset.theme);
  });
})();
