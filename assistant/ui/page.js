// What Streamlit leaves undone in the browser: keep what is typed at every pause (it waits until a field is left), copy a text in
// one click, on a narrow screen bring the new texts into view and close the menu, say in French what it only says in English.
// It calls nothing outside.
(() => {
  if (window.plume) return;
  window.plume = true;
  const PAUSE = 900;
  const AREA = "[data-testid=stTextArea]", LINE = "[data-testid=stTextInput]";
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
    if (!field?.closest(`${AREA}, ${LINE}`)) return;
    remember(field);
    if (!field.closest(AREA) || event.isComposing) return;
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(() => keep(field), PAUSE));
  }, true);
  const keepAll = () => {
    const field = fieldOf(document.activeElement);
    if (Date.now() - typedAt < 2 * PAUSE && field?.closest(`${AREA}, ${LINE}`)) keep(field);
    [...waiting.keys()].forEach(keep);
  };
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepAll());
  window.addEventListener("beforeunload", keepAll);
  window.addEventListener("pagehide", keepAll);
  // A box that closes takes its field along before the pause is over.
  document.addEventListener("pointerdown", (event) => [...waiting.keys()].forEach((field) => field !== event.target && keep(field)), true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && [...waiting.keys()].forEach(keep), true);

  // What the server has not heard yet (a refresh in mid-word, a server that is down) waits in this tab for its field to come back.
  const HEARD = 3000, SEATED = 700, AGE = 600000;
  const unheard = new Map();
  const placeOf = (field) => {
    const key = field.closest("[class*=st-key-]")?.className.match(/st-key-\S+/)?.[0], asked = new URLSearchParams(location.search);
    return key && ["plume", asked.get("brief"), asked.get("new"), key].join(" ");
  };
  const listening = () => document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState === "CONNECTED";
  const forget = (place, late) => {
    if (!listening()) return unheard.set(place, setTimeout(forget, HEARD, place, true));
    unheard.delete(place);
    if (!late) sessionStorage.removeItem(place);  // what was typed while the server was away stays until the field comes back anew
  };
  const remember = (field) => {
    const place = placeOf(field);
    if (!place) return;
    sessionStorage.setItem(place, JSON.stringify({ words: field.value, at: Date.now() }));
    clearTimeout(unheard.get(place));
    unheard.set(place, setTimeout(forget, HEARD, place, false));
  };
  const giveBack = (field) => {
    const place = field.isConnected && placeOf(field), found = place && !unheard.has(place) && sessionStorage.getItem(place);
    if (!found) return;
    sessionStorage.removeItem(place);
    const { words, at } = JSON.parse(found);
    if (words === field.value || Date.now() - at > AGE) return;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const comes = (root) => {
    if (!sessionStorage.length || !root.querySelectorAll) return;
    const fields = root.matches("textarea, input") ? [root] : root.querySelectorAll("textarea, input[type=text]");
    fields.forEach((field) => setTimeout(giveBack, SEATED, field));
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[class*=st-key-copy_] button");
    if (!button) return;
    let card = button;
    while (card && !card.querySelector("article[data-text]")) card = card.parentElement;
    const text = card.querySelector("article[data-text]").dataset.text;
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

  document.addEventListener("click", (event) => {
    if (!window.matchMedia("(max-width: 768px)").matches || !event.target.closest?.("[data-testid=stSidebarNavLink]")) return;
    setTimeout(() => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click(), 50);
  });

  // Where the cards come below the form, go to them and stay there while others are drawn and push, until all is drawn and still.
  // A person who scrolls, touches or types meanwhile has the say.
  const TICK = 100, STILL = 6, LONGEST = 60000, ROOM = 72;
  let stop = () => {};
  window.plumeShow = (selector, beside) => {
    stop();
    const main = document.querySelector("[data-testid=stMain]");
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const until = Date.now() + LONGEST;
    let still = 0, before = -1, moved = false;
    const look = () => {
      const found = document.querySelector(selector), form = document.querySelector(beside);
      const drawn = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
      if (Date.now() > until || (drawn && still >= STILL)) return stop();
      if (!found || !form) return still = drawn ? still + 1 : 0;
      const place = found.getBoundingClientRect();
      if (place.left >= form.getBoundingClientRect().right) return stop();
      if (main.scrollTop !== before) return before = main.scrollTop, still = 0;
      const to = Math.min(Math.max(0, main.scrollTop + place.top - ROOM), main.scrollHeight - main.clientHeight);
      if (Math.abs(to - main.scrollTop) < 2) return still += 1;
      main.scrollTo({ top: to, behavior: calm || moved ? "auto" : "smooth" });
      moved = true;
      still = 0;
    };
    const timer = setInterval(look, TICK);
    const mine = ["wheel", "touchmove", "pointerdown", "keydown"];
    const yields = (event) => event.isTrusted && stop();
    mine.forEach((kind) => window.addEventListener(kind, yields, { passive: true }));
    stop = () => {
      clearInterval(timer);
      mine.forEach((kind) => window.removeEventListener(kind, yields));
      stop = () => {};
    };
  };

  const SPOKEN = {
    "Skip to main content": "Aller au contenu", "Sidebar": "Menu", "App pages": "Pages", "Collapse sidebar": "Replier le menu",
    "Expand sidebar": "Ouvrir le menu", "Choose date": "Choisir une date", "Choose an option": "Choisir", "Open": "Ouvrir",
    "Dismiss": "Fermer", "Close": "Fermer", "Clear": "Effacer", "Clear selection": "Effacer", "file upload": "Fichiers",
    "Add files": "Ajouter des fichiers", "Previous": "Précédent", "Next": "Suivant", "Calendar": "Calendrier",
  };
  const PHRASES = [
    [/^Help for (.+)$/s, "Aide : $1"], [/^Remove (.+)$/s, "Retirer $1"], [/^day, (.+)$/s, "jour, $1"], [/^month, (.+)$/s, "mois, $1"],
    [/^year, (.+)$/s, "année, $1"],
  ];
  const french = (words) => SPOKEN[words] ?? PHRASES.reduce((said, [pattern, into]) => said.replace(pattern, into), words);
  const speak = (element) => {
    const words = element.getAttribute("aria-label");
    const was = words === element.dataset.plumeSaid ? element.dataset.plumeWas : words;
    const shown = was.replace(/\\(\W)/g, "$1").replaceAll("\u2060", "");  // a label is Markdown to the eye, not to the ear
    const said = document.documentElement.lang === "fr" ? french(shown) : shown;
    if (said === words) return;
    Object.assign(element.dataset, { plumeSaid: said, plumeWas: was });
    element.setAttribute("aria-label", said);
  };
  const speakAll = (root) => {
    if (root.matches?.("[aria-label]")) speak(root);
    root.querySelectorAll?.("[aria-label]").forEach(speak);
  };
  new MutationObserver((changes) => changes.forEach((change) => {
    if (change.type === "attributes" && change.target !== document.documentElement) speak(change.target);
    change.addedNodes.forEach((node) => { speakAll(node); comes(node); });
  })).observe(document.body, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
  new MutationObserver(() => speakAll(document.body)).observe(document.documentElement, { attributeFilter: ["lang"] });
  speakAll(document.body);
  comes(document.body);
})();
