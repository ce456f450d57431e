// The start, and what each press and key does.

function pressed(event) {
  const on = (selector) => event.target.closest(selector);
  const go = (selector, then) => {
    const found = on(selector);
    if (!found) return false;
    event.preventDefault();
    event.stopPropagation();
    then(found);
    return true;
  };
  if (document.body.matches(":has(#sources.open)") && !on("#sources")) return void go("body", () => closeSheet());
  if (event.ctrlKey || event.metaKey) return;
  go("#chat a.cite", follow)
    || go("[data-close=sources]", () => closeSheet())
    || go("[data-close=urgent]", dismissUrgent)
    || go("#chat .numbers", showNumbers)
    || go("[data-back]", backToCitation)
    || go("[data-back-out]", (link) => (history.length > 1 ? history.back() : goTo(link.getAttribute("href"))))
    || go("[data-read], #chat .reply a[href^='?thread='], #chat .reply a[href^='?answer=']", (link) => {
      const address = link.getAttribute("href");
      if (!here) leftFrom = link.closest("#chat") ? link : cited;
      if (narrow.matches) closeSheet(false);
      goTo(address);
    })
    || go("[data-drop]", (chip) => awaitsReply || tell("dropped", chip.dataset.drop))
    || go("[data-forget]", (chip) => awaitsReply || tell("forgotten", chip.dataset.forget))
    || go("#chat .say", (button) => say(button.value))
    || go("#chat .copy", (button) => copy(button.value))
    || go("#chat .print", (button) => tell("fetching", `print:${button.value}`))
    || go("#chat .share", share);
  const tab = on("#tabs [role=tab]");
  if (tab && event.isTrusted) {
    if (tab === tabButton(true) && !placeOf(location.search)) goTo("?pages");
    if (tab === tabButton(false)) showChat();
  }
}

function keyed(event) {
  if (event.key !== "Escape") {
    alongTheMap(event);
    if (["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown"].includes(event.key) && event.target !== field()) follows = false;
    return;
  }
  hidePreview();
  if (closeSheet()) event.preventDefault();
  else if (drawer() && drawer().contains(document.activeElement)) drawer().close();
}

function went() {
  if (closeSheet(false)) return;
  visit();
}

// A question in the address is asked once, in a conversation of its own: a reload asks nothing.
function askedByAddress() {
  const question = new URLSearchParams(location.search).get("q");
  if (!question || history.state?.asked === question) return null;
  history.replaceState({ asked: question }, "");
  return question;
}

function start() {
  document.documentElement.lang = texts.language ?? "en";
  if (["ar", "he", "fa", "ur"].includes(texts.language)) document.documentElement.dir = "rtl";
  history.scrollRestoration = "manual";
  document.addEventListener("click", pressed, true);
  document.addEventListener("keydown", keyed);
  document.addEventListener("input", typed);
  document.addEventListener("input", searched);
  document.addEventListener("pointerdown", dragSheet);
  for (const kind of ["focusin", "mouseover"]) {
    document.addEventListener(kind, tellThePoint);
    document.addEventListener(kind, reached);
  }
  document.addEventListener("contextmenu", (event) => event.target.closest?.("#chat a.cite") && event.preventDefault()); // a long press
  document.addEventListener("touchstart", (event) => { if (event.target.closest?.("#chat a.cite")) reached({ target: event.target, type: "touch" }); }, { passive: true });
  for (const moved of ["wheel", "touchmove"]) addEventListener(moved, () => { follows = false; }, { passive: true });
  addEventListener("popstate", went);
  addEventListener("storage", storeChanged);
  addEventListener("resize", () => { if (!narrow.matches) closeSheet(); urgentShown(); makeRoom(); });
  for (const place of ["#chat", "#urgent"]) {
    const changed = place === "#chat" ? mendChat : urgentShown;
    new MutationObserver(changed).observe(find(place), { childList: true, subtree: true, attributeFilter: ["aria-label", "data-testid"] });
  }
  new ResizeObserver(() => document.documentElement.style.setProperty("--dock", `${find("#dock").offsetHeight}px`)).observe(find("#dock"));
  const label = find("#question label > span");
  field().setAttribute("aria-label", label.textContent.trim());
  label.setAttribute("aria-hidden", "true"); // it would be heard twice
  mendChat();
  document.documentElement.classList.add("ready");
  field().focus({ preventScroll: true });
  const shown = held();
  setValue(field(), sessionStorage.getItem(DRAFT) ?? shown?.draft ?? "");
  const question = askedByAddress();
  const waiting = sessionStorage.getItem(CURRENT);
  if (question) setCurrent(null);
  visit();
  if (question) say(question.slice(0, field().maxLength));
  else if (waiting && kept().keep) restore(waiting);
  else if (shown?.record) showAgain(shown.record, shown.deleted);
  watchServer();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js").catch(() => {});
}

const mounted = new MutationObserver(() => {
  if (!["#chat", "#asked textarea", "#wanted textarea", "#texts [data-texts]", "#question textarea", "#dock", "#pending", "#urgent", "#chat-tab-button"].every(find)) return;
  mounted.disconnect();
  texts = JSON.parse(find("#texts [data-texts]").dataset.texts);
  start();
});
mounted.observe(document, { childList: true, subtree: true });

window.page = { take, awaits: () => awaits(), replied, failed, stopped, goBack, keep, begin, restoredShown, conversations, cardsShown, forgotten, feedbackShown, placeShown, fetched };
