// What pages can do beyond being read. Each part looks for its own elements and is quiet without.

"use strict";

// Light or dark: the system's choice, until the reader takes the other one.
(() => {
  const button = document.querySelector(".switch");
  if (!button) {
    return;
  }
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const words = { light: button.dataset.light, dark: button.dataset.dark };

  const shown = () => root.dataset.theme ?? (system.matches ? "dark" : "light");
  const other = () => (shown() === "dark" ? "light" : "dark");

  function label() {
    button.textContent = words[other()];
  }

  function choose(theme) {
    const own = theme !== (system.matches ? "dark" : "light");
    if (own) {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
    try {
      if (own) {
        localStorage.setItem("digest-theme", theme);
      } else {
        localStorage.removeItem("digest-theme");
      }
    } catch {
      // without storage the choice holds for this page
    }
    label();
  }

  button.addEventListener("click", () => choose(other()));
  system.addEventListener("change", label);
  label();
  button.hidden = false;
})();
