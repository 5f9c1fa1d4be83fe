// Runs once, when the bridge component appears. What Gradio's own widgets cannot do:
//  - a click on a passage's link or on an option of a question goes to Python through the bridge;
//  - the reader scrolls to the highlighted sentence, Escape closes it;
//  - number keys choose an option, Enter goes on to the next question;
//  - Enter that ends an IME composition does not send half a syllable.
// It never looks at the words of a note.

const tell = (event, value) => { props.value = value; trigger(event); };
const visible = (selector) => {
  const found = document.querySelector(selector);
  return found && found.offsetParent !== null ? found : null;
};

function scrollToMark(href, tries) {
  const note = document.querySelector("#reader-body .note");
  if (!note || note.getAttribute("cite") !== href) {
    if (tries > 0) setTimeout(() => scrollToMark(href, tries - 1), 50);
    return;
  }
  const box = document.querySelector("#reader-body");
  const mark = note.querySelector("mark");
  box.scrollTop = 0;
  if (mark) {
    const offset = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop = Math.max(0, offset - box.clientHeight / 3);
  }
  const panel = document.querySelector("#reader");
  if (panel.getBoundingClientRect().top > window.innerHeight - 80) panel.scrollIntoView();
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest("a[href^='#note?']");
  if (link) {
    event.preventDefault();
    const href = link.getAttribute("href");
    document.querySelectorAll(".opened").forEach((old) => old.classList.remove("opened"));
    link.classList.add("opened");
    tell("open", href);
    scrollToMark(href, 100);
    return;
  }
  const option = event.target.closest("button.option");
  if (option && !option.disabled) tell("pick", option.value);
});

window.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
    event.stopImmediatePropagation();
  }
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") visible("#reader-close")?.click();
  const typing = event.target instanceof Element
    && event.target.closest("input, textarea, select, [contenteditable='true'], [role='listbox']");
  if (typing || !visible("#item")) return;
  if (/^[1-9]$/.test(event.key)) {
    const option = document.querySelectorAll("#item button.option")[Number(event.key) - 1];
    if (option && !option.disabled) option.click();
  }
  const pressing = event.target instanceof Element && event.target.closest("button, a, summary");
  if (event.key === "Enter" && !pressing) visible("#next")?.click();
});

// Gradio labels each message with its source text; a screen reader should hear the message itself.
new MutationObserver(() => {
  document.querySelectorAll("#chat [data-testid][aria-label*='message']").forEach((message) => {
    message.removeAttribute("aria-label");
  });
}).observe(document.body, { childList: true, subtree: true });
