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
})();

// Buttons that copy the text of an element, and say beside them what came of it.
function copyButtons() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    const status = button.parentElement.querySelector("[role=status]");
    const words = button.closest("[data-done]").dataset;
    button.addEventListener("click", async () => {
      status.textContent = "";
      try {
        await navigator.clipboard.writeText(source.textContent);
        status.textContent = words.done;
      } catch {
        status.textContent = words.failed; // a page that is not secure, or a reader who says no
      }
    });
  }
}

// A link for each heading and paragraph of a text. A pointer finds it beside the one it is over. For
// the keyboard and for readers of screens they are not there, unless the button is pressed.
function permalinks() {
  for (const button of document.querySelectorAll("button[data-permalinks]")) {
    const text = document.getElementById(button.dataset.permalinks);
    const blocks = text.querySelectorAll(":scope > :is(p, h2, h3, h4, h5, h6)[id]");
    const links = Array.from(blocks, (block) => {
      const link = document.createElement("a");
      link.className = "permalink";
      link.href = `#${block.id}`;
      link.setAttribute("aria-label", button.dataset.label);
      block.append(link);
      return link;
    });
    const show = (shown) => {
      button.setAttribute("aria-pressed", shown);
      text.classList.toggle("permalinks", shown);
      for (const link of links) {
        link.tabIndex = shown ? 0 : -1;
        link.setAttribute("aria-hidden", !shown);
      }
      if (shown) {
        links[0].focus();
      }
    };
    show(false);
    button.hidden = !links.length;
    button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
  }
}

// A table that is wider than its text scrolls, so the keyboard must reach it.
function wideTables() {
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) {
        target.tabIndex = 0;
      } else {
        target.removeAttribute("tabindex");
      }
    }
  });
  for (const table of document.querySelectorAll(".text table")) {
    sizes.observe(table);
  }
}

// The key "/" leads to the search field, here or on the search page, unless somebody writes.
function reachSearch(event) {
  const page = document.querySelector("link[rel=search]");
  const writes = event.target.closest?.("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writes || !page) {
    return;
  }
  event.preventDefault();
  const field = document.querySelector("form.search input[type=search]");
  if (field) {
    field.focus();
  } else {
    location.assign(page.href);
  }
}

copyButtons();
permalinks();
wideTables();
document.addEventListener("keydown", reachSearch);
