// Runs once, when the bridge component appears. What Gradio's own widgets cannot do:
//  - a click on a passage's link or on an option of a question goes to Python through the bridge;
//  - the reader scrolls to the highlighted sentence, Escape closes it;
//  - number keys choose an option, Enter goes on to the next question;
//  - a marker shows its quote on hover, focus or tap;
//  - what is pressed in turn (ordering, matching) is remembered until it is checked;
//  - the chat shows an answer from its beginning;
//  - Enter that ends an IME composition does not send half a syllable.
// `focus.js`, `away.js` and `toast.js` run after it and use its functions.
// It never looks at the words of a note.

const tell = (event, value) => { props.value = value; trigger(event); };
const visible = (selector) => {
  const found = document.querySelector(selector);
  return found && found.offsetParent !== null ? found : null;
};

// What Python asks for by name.
window.tutorTheme = (theme) => {
  const dark = theme === "dark"
    || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.body.classList.toggle("dark", dark);
};
// Gradio's button fetches the file it has been given when it is clicked; its new file arrives with
// the next drawing.
window.tutorFetch = (name) => setTimeout(() => document.querySelector(name)?.click(), 200);

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
  document.dispatchEvent(new Event("note-shown"));
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest("a[href^='#note?']");
  if (link) {
    event.preventDefault();
    const href = link.getAttribute("href");
    document.querySelectorAll(".opened").forEach((old) => old.classList.remove("opened"));
    link.classList.add("opened");
    // after a mouse click, Enter is to go on to the next question, not to open the link again
    if (event.detail > 0) link.blur();
    tell("open", href);
    scrollToMark(href, 100);
    return;
  }
  for (const [name, kind] of [["option", "pick"], ["next", "ask"], ["chat-entry", "chat"],
    ["weak", "practise"], ["note-remove", "remove"], ["note-replace", "replace"], ["note-undo", "undo"]]) {
    const button = event.target.closest(`button.${name}`);
    if (button && !button.disabled) tell(kind, button.value);
    // on a phone the list of chats lies over the chat
    if (button && kind === "chat" && window.innerWidth < 860) visible("#show-chats")?.click();
  }
});

// The quote behind a marker, beside it: on hover, on focus, and on the first tap of a finger; the
// second tap, like a click, opens the note.
const quote = document.createElement("div");
quote.id = "quote";
quote.setAttribute("role", "tooltip");
let quoted = null;
function showQuote(marker) {
  if (marker.title) {
    marker.dataset.quote = marker.title;
    marker.removeAttribute("title");  // or the browser shows it a second time
  }
  if (!marker.dataset.quote) return;
  (document.querySelector(".gradio-container") ?? document.body).append(quote);
  quote.textContent = marker.dataset.quote;
  quote.classList.add("shown");
  marker.setAttribute("aria-describedby", "quote");
  const at = marker.getBoundingClientRect();
  const left = Math.min(at.left, window.innerWidth - quote.offsetWidth - 12);
  const below = at.bottom + quote.offsetHeight + 12 < window.innerHeight;
  quote.style.left = `${Math.max(12, left)}px`;
  quote.style.top = `${below ? at.bottom + 6 : at.top - quote.offsetHeight - 6}px`;
  quoted = marker;
}
function hideQuote() {
  quote.classList.remove("shown");
  quoted?.removeAttribute("aria-describedby");
  quoted = null;
}
const markerOf = (event) => event.target instanceof Element && event.target.closest("a.cite[href]");
let finger = false;
document.addEventListener("pointerdown", (event) => { finger = event.pointerType === "touch"; }, true);
document.addEventListener("pointerover", (event) => {
  const marker = markerOf(event);
  if (marker && event.pointerType !== "touch") showQuote(marker);
});
document.addEventListener("pointerout", (event) => { if (markerOf(event) && !finger) hideQuote(); });
document.addEventListener("focusin", (event) => {
  const marker = markerOf(event);
  if (marker && !finger) showQuote(marker); else if (!marker) hideQuote();
});
document.addEventListener("scroll", hideQuote, { capture: true, passive: true });
document.addEventListener("click", (event) => {
  const marker = markerOf(event);
  if (finger && marker && marker !== quoted) {
    event.preventDefault();
    event.stopImmediatePropagation();
    showQuote(marker);
  } else {
    hideQuote();
  }
}, true);

// Items that want several options in turn: what was pressed so far stays here until it is checked.
function pressed(sequence) {
  sequence.pressed ??= { at: 0, picks: [] };
  return sequence.pressed;
}
function drawSequence(sequence) {
  const { at, picks } = pressed(sequence);
  const steps = [...sequence.querySelectorAll("button.step")];
  const terms = [...sequence.querySelectorAll("button.term")];
  const textOf = (value) => steps.find((step) => step.value === value)?.querySelector(".text");
  steps.forEach((step) => {
    const rank = picks.indexOf(step.value);
    step.classList.toggle("taken", rank >= 0);
    step.setAttribute("aria-pressed", String(rank >= 0));
    step.querySelector(".rank").textContent = rank >= 0 && !terms.length ? String(rank + 1) : "";
  });
  terms.forEach((term, index) => {
    term.classList.toggle("active", index === at);
    term.setAttribute("aria-pressed", String(index === at));
    const text = picks[index] === undefined ? null : textOf(picks[index]);
    term.querySelector(".slot").replaceChildren(...(text ? [text.cloneNode(true)] : []));
  });
  const wanted = terms.length || steps.length;
  const complete = picks.filter((pick) => pick !== undefined).length === wanted;
  sequence.querySelector(".check-sequence").disabled = !complete;
}
function pressStep(step) {
  const sequence = step.closest(".sequence");
  const state = pressed(sequence);
  const terms = sequence.querySelectorAll("button.term").length;
  if (terms) {
    state.picks[state.at] = step.value;
    const free = [...Array(terms).keys()].find((index) => state.picks[index] === undefined);
    state.at = free ?? state.at;
  } else if (state.picks.includes(step.value)) {
    state.picks = state.picks.filter((value) => value !== step.value);
  } else {
    state.picks.push(step.value);
  }
  drawSequence(sequence);
}
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const step = event.target.closest(".sequence button.step");
  if (step) pressStep(step);
  if (step && event.detail > 0) step.blur();
  const term = event.target.closest(".sequence button.term");
  if (term) {
    const sequence = term.closest(".sequence");
    pressed(sequence).at = [...sequence.querySelectorAll("button.term")].indexOf(term);
    drawSequence(sequence);
  }
  const check = event.target.closest(".check-sequence");
  if (check && !check.disabled) tell("pick", pressed(check.closest(".sequence")).picks.join(" "));
});

const whileComposing = (event) => {
  // 229 is what Safari sends for the key that ends a composition it has already closed
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
    event.stopImmediatePropagation();
  }
};
["keydown", "keypress"].forEach((name) => window.addEventListener(name, whileComposing, true));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && quoted) { hideQuote(); return; }
  if (event.key === "Escape") visible("#reader-close")?.click();
  const typing = event.target instanceof Element
    && event.target.closest("input, textarea, select, [contenteditable='true'], [role='listbox']");
  if (typing || !visible("#item")) return;
  if (/^[1-9]$/.test(event.key)) {
    const options = document.querySelectorAll("#item :is(button.option, button.step)");
    const option = options[Number(event.key) - 1];
    if (option && !option.disabled) option.click();
  }
  if (event.key === "?") visible("#hint")?.click();
  const pressing = event.target instanceof Element && event.target.closest("button, a, summary");
  if (event.key !== "Enter" || pressing) return;
  const check = visible("#item .check-sequence:enabled");
  (check ?? visible("#next"))?.click();
});

// A new question moves to the top of the chat and stays there while its answer grows below it, so
// that one reads from the beginning; whoever scrolls takes over.
let followed = null;
let asked = 0;
const letGo = () => { followed = null; };
["wheel", "touchmove", "keydown", "pointerdown"].forEach((name) => document.addEventListener(name, letGo, { passive: true }));

function tidyChat() {
  const wrap = document.querySelector("#chat .bubble-wrap");
  if (!wrap) return;
  const questions = wrap.querySelectorAll(".user-row");
  if (questions.length > asked) {
    followed = questions[questions.length - 1];
    arrived();
  }
  asked = questions.length;
  if (followed && followed.isConnected) {
    const offset = followed.getBoundingClientRect().top - wrap.getBoundingClientRect().top;
    wrap.scrollTop += offset - 8;
  }
  // Gradio labels each message with its source; a screen reader should hear the message itself
  // and its suggestions are a list of buttons, which a list must not be
  wrap.querySelector(".examples[role='list']")?.removeAttribute("role");
  wrap.querySelectorAll("[data-testid][aria-label*='message']").forEach((message) => {
    message.removeAttribute("aria-label");
  });
}
const inChat = ({ target }) => (target instanceof Element ? target : target.parentElement)
  ?.closest("#chat");
new MutationObserver((changes) => { if (changes.some(inChat)) tidyChat(); }).observe(document.body, {
  childList: true, subtree: true, characterData: true,
});
