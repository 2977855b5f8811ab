// Runs before the first paint: the reader's choice of light or dark, where there is one.

"use strict";

try {
  const chosen = localStorage.getItem("digest-theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
} catch {
  // a browser without storage follows the system
}
