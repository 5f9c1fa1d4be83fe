// The server may go away and come back, and a page may be loaded anew: what is typed outlives that, what
// was sent meanwhile is sent again.

// A question is kept until it stands in the chat. When the server has gone, Gradio drops what is sent
// and loads the page anew once it finds the server again; then the question is asked for the reader.
const DRAFT = "lecture-tutor-draft";
const box = () => document.querySelector("#question textarea");
let unsent = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
const inBox = (event) => event.target instanceof Element && event.target === box();
const keepDraft = (sent) => {
  const text = box()?.value ?? "";
  if (text.trim()) sessionStorage.setItem(DRAFT, JSON.stringify({ text, sent }));
  else if (!sent) sessionStorage.removeItem(DRAFT);
};
function arrived() {
  if (!unsent) sessionStorage.removeItem(DRAFT);
}
document.addEventListener("input", (event) => { if (inBox(event)) keepDraft(false); }, true);
document.addEventListener("keydown", (event) => {
  if (inBox(event) && event.key === "Enter" && !event.shiftKey && !event.isComposing) keepDraft(true);
}, true);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("#send")) keepDraft(true);
}, true);
function takeUp(tries) {
  // the chat that was open, or what can be asked, is shown once the page knows its visitor
  if (!visible("#chat :is(.user-row, .example)") && tries > 0) {
    setTimeout(() => takeUp(tries - 1), 100);
    return;
  }
  const { text, sent } = unsent;
  unsent = null;
  if (!box() || box().value) return;
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
  if (sent) setTimeout(() => visible("#send")?.click(), 0);
}
if (unsent) takeUp(100);
