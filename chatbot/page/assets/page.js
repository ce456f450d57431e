// What runs in the browser: taking a question without losing one, leading from marks to cards and back, keeping
// conversations in this browser only, copying, saving and printing. Text from pages and people is only ever set as
// textContent or value, never as HTML.

window.page = (() => {
  const KEPT = "doctors-answers";
  const CURRENT = "doctors-answers-current";
  const REACH_MS = 4000;
  const SOON_MS = 3000;
  const RESTORED_MS = 60000; // the model may still be loading
  const LIMIT_SHOWN_FROM = 0.8;
  let awaitsReply = false;
  let released = []; // called once no reply is awaited any more
  let taken = ""; // the question whose reply is awaited
  let asked = 0;
  let told = 0;
  let current = null; // the id of the conversation that is shown, once it is kept
  let goesBack = false; // whether what comes next may be shorter than what is kept
  let restoring = null; // resolved once the conversation that is being restored is shown
  let restoredShown = () => {};

  const find = (selector) => document.querySelector(selector);
  const field = () => find("#question textarea");

  function texts() {
    return JSON.parse(find("#texts [data-texts]")?.dataset.texts ?? "{}");
  }

  // -- to and from the server ----------------------------------------------------------------------

  // Writes into a hidden field of Gradio, which then calls the server. The number makes each call a change.
  function tell(id, value) {
    told += 1;
    setValue(find(`#${id} textarea`), `${told}|${value}`);
  }

  function setValue(area, value) {
    if (!area) return;
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, value);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async function serverIsThere() {
    try {
      const answer = await fetch(location.pathname, {
        method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(REACH_MS),
      });
      return answer.status < 500;
    } catch {
      return false;
    }
  }

  function notice(text) {
    const place = find("#gone");
    if (!place) return;
    place.textContent = text;
    place.hidden = !text;
  }

  // The field is emptied when a question is sent, here and not by the server: what is typed afterwards is not
  // lost. While a reply is awaited, or no server is there, the question stays in the field. The next question is
  // often sent in the moment in which the reply is seen but not yet told complete: it waits for that, and for a
  // conversation that is being restored.
  async function take(question, channel) {
    if (!question.trim()) return [question, channel];
    await Promise.race([restoring, pause(RESTORED_MS)]);
    if (awaitsReply) await Promise.race([new Promise((done) => released.push(done)), pause(SOON_MS)]);
    if (awaitsReply) return [typedSince(question, question), channel];
    awaitsReply = true;
    goesBack = false;
    if (!(await serverIsThere())) {
      release();
      notice(texts().gone);
      return [typedSince(question, question), channel];
    }
    notice("");
    taken = question;
    asked += 1;
    setTimeout(showLimit);
    return [typedSince(question, ""), `${asked}|${question}`];
  }

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // What stands in the field, where it is no longer what was sent.
  function typedSince(sent, otherwise) {
    const now = field()?.value ?? sent;
    return now === sent ? otherwise : now;
  }

  function release() {
    awaitsReply = false;
    for (const done of released.splice(0)) done();
  }

  // A reply is read from its beginning: the page goes to the question that it answers.
  function replied() {
    release();
    const questions = document.querySelectorAll("#chat .user.message");
    questions[questions.length - 1]?.scrollIntoView({ block: "start" });
  }

  // The server took no more questions, or broke off: the question stands in the field again.
  function failed() {
    if (awaitsReply && !field()?.value) setValue(field(), taken);
    release();
    notice(texts().busy);
  }

  function showLimit() {
    const area = field();
    const place = find("#limit");
    if (!area || !place) return;
    const limit = area.maxLength;
    const near = limit > 0 && area.value.length >= LIMIT_SHOWN_FROM * limit;
    place.textContent = near ? texts().limit.replace("{length}", area.value.length).replace("{limit}", limit) : "";
  }

  // -- marks and cards -----------------------------------------------------------------------------

  function open(id) {
    const card = document.getElementById(id);
    if (!card) return false;
    card.scrollIntoView({ block: "nearest" });
    card.focus({ preventScroll: true });
    const mark = card.querySelector("mark");
    const answer = card.querySelector(".answer");
    if (mark && answer) answer.scrollTop = mark.offsetTop - answer.offsetTop - 8;
    if (!isSeen(card)) card.scrollIntoView({ block: "center" });
    return true;
  }

  function isSeen(element) {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.top < innerHeight - 160;
  }

  let wanted = null; // the card to open once the server has shown the cards of its reply

  function lead(event) {
    const link = event.target.closest("a[href^='#source-']");
    if (link && !link.dataset.back) {
      event.preventDefault();
      event.stopPropagation();
      wanted = link.getAttribute("href").slice(1);
      if (!open(wanted)) tell("opened", wanted.replace("source-", ""));
      return;
    }
    const back = event.target.closest("[data-back]");
    if (back) {
      event.preventDefault();
      const marks = document.querySelectorAll(`#chat a[href='${back.getAttribute("href")}']`);
      const mark = back.dataset.mark ? marks[marks.length - 1] : marks[0];
      mark?.scrollIntoView({ block: "center" });
      mark?.focus({ preventScroll: true });
      return;
    }
    const read = event.target.closest("[data-read], #chat .reply a[href^='?thread=']");
    if (read && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      history.pushState(null, "", read.getAttribute("href"));
      visit();
      return;
    }
    const forget = event.target.closest("[data-forget]");
    if (forget && !awaitsReply) {
      tell("forgotten", forget.dataset.forget);
      return;
    }
    const drop = event.target.closest("[data-drop]");
    if (drop && !awaitsReply) {
      tell("dropped", drop.dataset.drop);
      return;
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) toClipboard(copy);
  }

  function cardsShown() {
    if (wanted) requestAnimationFrame(() => requestAnimationFrame(() => open(wanted) && (wanted = null)));
  }

  // The chip that had the focus is gone: the next one has it, or the sentence that tells so.
  function forgotten() {
    const focus = () => (find("#person [data-forget]") ?? find("#person .told"))?.focus();
    requestAnimationFrame(() => requestAnimationFrame(focus));
  }

  function feedbackShown() {
    const form = document.getElementById("feedback");
    const grown = new ResizeObserver(() => form.scrollIntoView({ block: "center" })); // Gradio fetches its parts late
    grown.observe(form);
    setTimeout(() => grown.disconnect(), 2000);
  }

  async function toClipboard(button) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    } catch {
      button.textContent = texts().copy_failed;
    }
    setTimeout(() => { button.textContent = label; }, 2500);
  }

  // -- addresses that open a question, a page or an answer -----------------------------------------

  // A tab's panel is not there before it is first opened, so its button is known by its text.
  function openCorpus() {
    const label = texts().corpus_tab;
    [...document.querySelectorAll("#tabs [role=tab]")].find((tab) => tab.textContent.trim() === label)?.click();
  }

  function visit() {
    const parameters = new URLSearchParams(location.search);
    const place = parameters.get("answer") ? `answer:${parameters.get("answer")}`
      : parameters.get("thread") ? `thread:${parameters.get("thread")}` : "";
    if (place) {
      openCorpus();
      tell("wanted", place);
    } else if (find("#thread article")) {
      tell("wanted", "");
    }
  }

  function threadShown() {
    const id = new URLSearchParams(location.search).get("answer");
    const place = id ? document.getElementById(`answer-${id}`) : find("#thread article");
    requestAnimationFrame(() => {
      place?.scrollIntoView({ block: "start" });
      place?.focus({ preventScroll: true });
    });
  }

  // -- conversations, kept in this browser ---------------------------------------------------------

  function kept() {
    try {
      const read = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
      return { keep: read.keep !== false, conversations: Array.isArray(read.conversations) ? read.conversations : [] };
    } catch {
      return { keep: true, conversations: [] };
    }
  }

  function write(all) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(all));
    } catch {
      notice(texts().not_kept); // the browser's store is full or closed
    }
  }

  // Whether a conversation goes on from another one: by what was asked, for a reply may be put in other words.
  function goesOn(turns, from) {
    return turns.length >= from.length
      && from.every((turn, at) => turn.role !== "user" || turn.content === turns[at].content);
  }

  // An edit, a retry or an undo: the conversation may become shorter.
  function goBack() {
    goesBack = true;
  }

  // Called with the conversation that is shown. What is kept becomes shorter only where somebody went back in it. One
  // that goes on otherwise than the kept one, as in another tab, is kept beside it.
  function keep(record) {
    const { version, turns } = record ? JSON.parse(record) : { turns: [] };
    const wentBack = goesBack;
    goesBack = false;
    const all = kept();
    if (!all.keep) return;
    if (!turns.length) {
      current = null;
      sessionStorage.removeItem(CURRENT);
      return;
    }
    const mine = all.conversations.find((each) => each.id === current);
    const readable = mine && Array.isArray(mine.turns) && !(mine.version > version);
    const replaces = readable && (wentBack || goesOn(turns, mine.turns));
    if (readable && !replaces && goesOn(mine.turns, turns)) return;
    if (!replaces) current = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
    const others = all.conversations.filter((each) => each.id !== current);
    const title = replaces ? mine.title : (turns.find((turn) => turn.role === "user") ?? turns[0]).content.slice(0, 80);
    write({ keep: true, conversations: [{ id: current, title, when: Date.now(), version, turns }, ...others] });
    sessionStorage.setItem(CURRENT, current);
  }

  function begin() {
    current = null;
    sessionStorage.removeItem(CURRENT);
    notice("");
    release();
  }

  function restore(id) {
    const found = kept().conversations.find((each) => each.id === id);
    if (!found) return;
    current = id;
    sessionStorage.setItem(CURRENT, id);
    // Before there were versions the turns stood alone.
    const record = JSON.stringify(found.version === undefined ? found.turns : { version: found.version, turns: found.turns });
    restoring = new Promise((done) => { restoredShown = done; });
    tell("restored", record);
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function conversations() {
    const words = texts();
    const dialog = element("dialog", { id: "conversations", "aria-labelledby": "conversations-title" });
    const list = element("ul", {});
    const fill = () => {
      const all = kept();
      list.replaceChildren(...all.conversations.map((each) => row(each, fill, dialog, words)));
      if (!all.conversations.length) list.append(element("li", {}, words.none_kept));
    };
    const nothing = element("input", { type: "checkbox", id: "keep-nothing" });
    nothing.checked = !kept().keep;
    nothing.addEventListener("change", () => {
      if (nothing.checked) begin();
      write({ keep: !nothing.checked, conversations: [] });
      fill();
    });
    const clear = element("button", { type: "button", onclick: () => {
      if (!confirm(words.delete_all_sure)) return;
      begin();
      write({ ...kept(), conversations: [] });
      fill();
    } }, words.delete_all);
    dialog.append(
      element("h2", { id: "conversations-title" }, words.conversations),
      element("p", {}, words.kept_here),
      list,
      element("p", {}, nothing, element("label", { for: "keep-nothing" }, words.keep_nothing)),
      element("p", { class: "buttons" }, clear,
        element("button", { type: "button", autofocus: "", onclick: () => dialog.close() }, words.close)),
    );
    dialog.addEventListener("close", () => dialog.remove());
    fill();
    (find(".gradio-container") ?? document.body).append(dialog);
    dialog.showModal();
  }

  function row(each, fill, dialog, words) {
    const item = element("li", {});
    const change = (changed) => {
      const all = kept();
      write({ ...all, conversations: all.conversations.flatMap((one) => (one.id === each.id ? changed(one) : [one])) });
      fill();
    };
    const openIt = element("button", { type: "button", class: "title", onclick: () => {
      dialog.close();
      restore(each.id);
    } }, each.title);
    const rename = element("button", { type: "button", "aria-label": `${words.rename}: ${each.title}`, onclick: () => {
      const input = element("input", { type: "text", maxlength: "80", "aria-label": words.rename });
      input.value = each.title;
      const done = () => change((one) => [{ ...one, title: input.value.trim() || one.title }]);
      input.addEventListener("change", done);
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") input.blur();
      });
      openIt.replaceWith(input);
      input.focus();
      input.select();
    } }, words.rename);
    const remove = element("button", { type: "button", "aria-label": `${words.delete}: ${each.title}`, onclick: () => {
      if (each.id === current) current = null;
      change(() => []);
    } }, words.delete);
    item.append(openIt, element("time", {}, new Date(each.when).toLocaleDateString(document.documentElement.lang)), rename, remove);
    return item;
  }

  // -- saving and printing -------------------------------------------------------------------------

  function save(markdown) {
    if (!markdown) return;
    const address = URL.createObjectURL(new Blob([markdown], { type: "text/markdown;charset=utf-8" }));
    const link = element("a", { href: address, download: "doctors-answers.md" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }

  // A frame without scripts: what is printed is only looked at.
  function print(html) {
    if (!html) return;
    find("#print-frame")?.remove();
    const frame = element("iframe", { id: "print-frame", sandbox: "allow-same-origin allow-modals", title: "", "aria-hidden": "true" });
    frame.srcdoc = html;
    frame.addEventListener("load", () => frame.contentWindow.print());
    document.body.append(frame);
  }

  // Gradio calls the examples a list though they are buttons, of which a screen reader would tell nothing; and it
  // names each reply by its whole HTML source.
  function mendLabels() {
    find("#chat .examples[role=list]")?.setAttribute("role", "group");
    for (const reply of document.querySelectorAll("#chat [data-testid=bot][aria-label*='<']")) {
      reply.setAttribute("aria-label", texts().reply);
    }
  }

  // -- the map -------------------------------------------------------------------------------------

  // The points are one stop for the Tab key; the arrow keys go from one to the next.
  function alongTheMap(event) {
    const point = event.target.closest?.(".map a");
    if (!point) return;
    const points = [...point.parentNode.querySelectorAll("a")];
    const at = points.indexOf(point);
    const places = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: points.length - 1 };
    const next = points[places[event.key]];
    if (!next) return;
    event.preventDefault();
    point.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  }

  function tellThePoint(event) {
    const point = event.target.closest?.(".map a");
    if (point) point.closest(".map").querySelector(".at").textContent = point.getAttribute("aria-label");
  }

  // -- the start -----------------------------------------------------------------------------------

  function start() {
    const words = texts();
    document.documentElement.lang = words.language ?? "en";
    const waiting = sessionStorage.getItem(CURRENT);
    const question = new URLSearchParams(location.search).get("q");
    visit();
    if (waiting && kept().keep) restore(waiting);
    else if (question) tell("asked", question.slice(0, field()?.maxLength ?? 5000));
    document.addEventListener("click", lead, true);
    document.addEventListener("input", (event) => event.target === field() && showLimit());
    document.addEventListener("keydown", alongTheMap);
    for (const reached of ["focusin", "mouseover"]) document.addEventListener(reached, tellThePoint);
    addEventListener("popstate", visit);
    new MutationObserver(mendLabels).observe(find("#chat"), { childList: true, subtree: true, attributeFilter: ["aria-label"] });
    mendLabels();
    addEventListener("offline", () => notice(texts().gone));
    addEventListener("online", () => notice(""));
  }

  const mounted = new MutationObserver(() => {
    if (!["#chat", "#asked textarea", "#wanted textarea", "#texts [data-texts]"].every(find)) return;
    mounted.disconnect();
    start();
  });
  mounted.observe(document, { childList: true, subtree: true });

  return { take, replied, failed, goBack, keep, begin, restoredShown: () => restoredShown(), conversations, cardsShown, forgotten, feedbackShown, threadShown, save, print };
})();
