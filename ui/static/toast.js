// What is said over the page has Gradio's English titles, and that the server has gone it says in English
// only. Here they are said in the page's language; the words come from Python.

const GONE = "Connection to the server was lost";
let toastWords = null;
window.tutorToasts = (words) => { toastWords = words; };
function translateToast(toast) {
  // folding it is a button around the button that closes it, which no screen reader can tell apart
  const head = toast.querySelector(".toast-header");
  head?.removeAttribute("role");
  head?.removeAttribute("tabindex");
  toast.querySelector("[data-testid='toast-close']")?.setAttribute("aria-label", toastWords.close);
  // only the words change: the nodes are Gradio's, who takes them away again
  const title = toast.querySelector(".toast-title")?.firstChild;
  const text = toast.querySelector("[data-testid='toast-text']");
  const words = toastWords[title?.data?.trim()];
  if (words) title.data = words;
  if (!text?.textContent.includes(GONE)) return;
  title.data = toastWords.away;
  text.textContent = toastWords.awayDetail;
}
new MutationObserver(() => {
  if (toastWords) document.querySelectorAll(".toast-body").forEach(translateToast);
}).observe(document.body, { childList: true, subtree: true });
