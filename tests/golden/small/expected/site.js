// What pages can do more where script runs. None needs it to be read.

// Buttons that copy the text of an element, and say beside them what came of it.
function copyButtons() {
    if (!navigator.clipboard) return; // it is for secure pages alone
    for (const button of document.querySelectorAll("button[data-copy]")) {
        const source = document.getElementById(button.dataset.copy);
        const status = button.parentElement.querySelector("[role=status]");
        const words = button.closest("[data-done]").dataset;
        const say = (text) => () => { status.textContent = text; };
        button.hidden = false;
        button.addEventListener("click", () => {
            say("")();
            const copied = navigator.clipboard.writeText(source.textContent);
            copied.then(say(words.done), say(words.failed));
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
            if (shown) links[0].focus();
        };
        show(false);
        button.hidden = links.length === 0;
        button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
    }
}

copyButtons();
permalinks();
