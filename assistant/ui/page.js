// Keeps what is typed at every pause (Streamlit waits until a field is left), copies a text in one click, and on a narrow
// screen brings the new texts into view and closes the menu once a page was chosen. It calls nothing outside.
(() => {
  if (window.plume) return;
  window.plume = true;
  const PAUSE = 900;
  const waiting = new Map();
  let typedAt = 0;

  const fieldOf = (target) => target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement ? target : null;
  const keep = (field) => {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
    const press = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true };
    const area = field instanceof HTMLTextAreaElement;
    field.dispatchEvent(new KeyboardEvent("keydown", { ...press, ctrlKey: area }));
  };
  document.addEventListener("input", (event) => {
    const field = fieldOf(event.target);
    typedAt = Date.now();
    if (!field?.closest("[data-testid=stTextArea]") || event.isComposing) return;
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(() => keep(field), PAUSE));
  }, true);
  const keepAll = () => {
    const field = fieldOf(document.activeElement);
    if (field?.closest("[data-testid=stTextArea], [data-testid=stTextInput]")) keep(field);
    [...waiting.keys()].forEach(keep);
  };
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepAll());
  window.addEventListener("pagehide", keepAll);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".plume-copy");
    if (!button) return;
    const text = button.closest("article").dataset.text;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const box = document.createElement("textarea");
      box.value = text;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      button.focus();
    }
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 1600);
  });

  // A page that is left at the very moment its last field is would take the words along: Streamlit folds both messages
  // into one and keeps the second. The click waits until the words have arrived.
  let held = false;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-testid=stSidebarNavLink]");
    if (!link || held || Date.now() - typedAt > 2 * PAUSE) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keepAll();
    setTimeout(() => { held = true; link.click(); held = false; }, 400);
  }, true);

  const narrow = () => window.matchMedia("(max-width: 640px)").matches;
  document.addEventListener("click", (event) => {
    if (!narrow() || !event.target.closest?.("[data-testid=stSidebarNavLink]")) return;
    setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click(), 50);
  });

  window.plumeShow = (selector) => {
    if (!narrow()) return;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const look = (left) => {
      const found = document.querySelector(selector);
      if (found) found.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
      else if (left) setTimeout(() => look(left - 1), 200);
    };
    look(50);
  };
})();
