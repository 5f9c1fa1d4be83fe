// Where the keyboard's focus goes when what had it goes away: into a note that was opened and back to
// its link, to a new item of practice and on to its result, back to the question box. Nothing moves for
// whoever uses a mouse or a finger. It never looks at the words of a note.

let byKeys = false;
let held = null;  // what had the focus last
let opener = null;  // the link whose note is open, where it was opened by a key
document.addEventListener("keydown", () => { byKeys = true; }, true);
document.addEventListener("pointerdown", () => { byKeys = false; held = null; }, true);
document.addEventListener("focusin", (event) => { held = event.target; });

function focusOn(element) {
  if (!element.matches("a, button, input, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus();
}

// a click by a key has no detail
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[href^='#note?']");
  if (link && !link.closest("#reader")) opener = event.detail === 0 ? link : null;
  if (event.target instanceof Element && event.target.closest("#reader-close")) leaveReader();
});
document.addEventListener("note-shown", () => {
  const body = document.querySelector("#reader-body");
  // it scrolls, so that one must be able to get there by Tab
  body.tabIndex = 0;
  body.setAttribute("role", "region");
  body.setAttribute("aria-labelledby", "reader-title");
  if (opener) focusOn(body);
});
function leaveReader() {
  if (!opener) return;
  const same = (link) => link.getAttribute("href") === opener.getAttribute("href");
  const back = opener.isConnected ? opener : [...document.querySelectorAll("a[href^='#note?']")].find(same);
  opener = null;
  (back ?? visible("#question textarea"))?.focus();
}

// The first of these that can be seen is what one has come to.
const NEXT = ["#result .head", "#typed :is(input, textarea)", "#item .hints li:last-child",
  "#item .score", "#item .stem", "#missed h3", "#start", "#question textarea"];
function keepFocus() {
  const now = document.activeElement;
  const lost = held && (!held.isConnected || held.offsetParent === null)
    && (now === document.body || now === held);
  // what only a script can focus is no place that was chosen: it gives way to what comes after it
  const passing = now.matches("#play [tabindex='-1']");
  if (!lost && !passing) return;
  if (!byKeys) held = null;
  const next = byKeys && NEXT.map(visible).find(Boolean);  // which may be still to come
  if (next && next !== now) focusOn(next);
}
new MutationObserver(() => setTimeout(keepFocus, 0)).observe(document.body, {
  childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style", "hidden"],
});
