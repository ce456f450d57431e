// Conversations, kept in this browser only: listed, opened, renamed, deleted, saved, printed, exported and imported.

const KEPT = "doctors-answers";
const CURRENT = "doctors-answers-current";
const DELETED_KEPT = 200;
let current = null; // the id of the conversation that is shown, once it is kept
let goesBack = false; // whether what comes next may be shorter than what is kept
let deletedElsewhere = false;
let restoring = null; // resolved once the conversation that is being restored is shown
let restored = () => {};

function kept() {
  let read = {};
  try {
    read = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch { /* what can't be read is none */ }
  const list = (value) => (Array.isArray(value) ? value : []);
  return { keep: read.keep !== false, conversations: list(read.conversations), deleted: list(read.deleted) };
}

function write(all) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...all, deleted: all.deleted.slice(-DELETED_KEPT) }));
  } catch {
    notice(texts.not_kept); // the browser's store is full or closed
  }
}

function setCurrent(id) {
  current = id;
  if (id) sessionStorage.setItem(CURRENT, id);
  else sessionStorage.removeItem(CURRENT);
}

// Whether a conversation goes on from another one: by what was asked, for a reply may be put in other words.
function goesOn(turns, from) {
  return turns.length >= from.length
    && from.every((turn, at) => turn.role !== "user" || turn.content === turns[at].content);
}

const titleOf = (turns) => (turns.find((turn) => turn.role === "user") ?? turns[0]).content.slice(0, 80);

// An edit, a retry or an undo: the conversation may become shorter.
function goBack() {
  goesBack = true;
  lookForServer();
}

// Called with the conversation that is shown. What is kept becomes shorter only where somebody went back in it. One
// that goes on otherwise than the kept one, as in another tab, is kept beside it; one that was deleted is not.
function keep(record) {
  const { version, turns } = record ? JSON.parse(record) : { turns: [] };
  const wentBack = goesBack;
  goesBack = false;
  const all = kept();
  if (!all.keep || deletedElsewhere) return;
  const others = all.conversations.filter((each) => each.id !== current);
  if (!turns.length) {
    if (wentBack && current) write({ ...all, conversations: others });
    setCurrent(null);
    return;
  }
  if (current && all.deleted.includes(current)) {
    wasDeleted();
    return;
  }
  const mine = all.conversations.find((each) => each.id === current);
  const readable = mine && Array.isArray(mine.turns) && !(mine.version > version);
  const replaces = readable && (wentBack || goesOn(turns, mine.turns));
  if (readable && !replaces && goesOn(mine.turns, turns)) return;
  const id = replaces ? current : `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  const named = replaces && mine.named ? { named: true, title: mine.title } : { title: titleOf(turns) };
  const rest = replaces ? others : all.conversations.filter((each) => each.id !== id);
  write({ ...all, conversations: [{ id, ...named, when: Date.now(), version, turns }, ...rest] });
  setCurrent(id);
}

function wasDeleted() {
  deletedElsewhere = true;
  setCurrent(null);
  notice(texts.deleted_elsewhere);
}

function storeChanged(event) {
  if (event.key === KEPT && current && kept().deleted.includes(current)) wasDeleted();
  if (event.key === KEPT) fillList();
}

function begin() {
  lookForServer();
  setCurrent(null);
  deletedElsewhere = false;
  sessionStorage.removeItem(dismissedKey);
  notice("");
  release();
  closeSheet();
  soon(() => { urgentShown(); makeRoom(); scrollTo(0, 0); field()?.focus(); });
}

function restore(id) {
  const found = kept().conversations.find((each) => each.id === id);
  if (!found) return;
  setCurrent(id);
  // Before there were versions the turns stood alone.
  showAgain(JSON.stringify(found.version === undefined ? found.turns : { version: found.version, turns: found.turns }), false);
}

function showAgain(record, wasDeletedElsewhere) {
  deletedElsewhere = wasDeletedElsewhere;
  restoring = new Promise((done) => { restored = done; });
  document.body.classList.add("restoring"); // until then the first view is not shown
  tell("restored", record);
}

// A conversation that is opened is read on where it ends: at its last question.
function restoredShown() {
  restored();
  restoring = null;
  document.body.classList.remove("restoring");
  soon(() => {
    mendChat();
    makeRoom();
    urgentShown();
    const all = questions();
    if (!placeOf(location.search)) all[all.length - 1]?.scrollIntoView({ block: "start" });
  });
}

// -- the drawer ------------------------------------------------------------------------------------

const drawer = () => find("#conversations");

function fillList() {
  const list = drawer()?.querySelector("ul");
  if (!list) return;
  const all = kept().conversations;
  const sought = drawer().querySelector("input[type=search]").value.toLowerCase();
  const has = (each) => [each.title, ...(each.turns ?? []).map((turn) => turn.content)].join(" ").toLowerCase().includes(sought);
  const found = all.filter(has);
  list.replaceChildren(...found.map(row));
  if (!found.length) list.append(element("li", { class: "none" }, all.length ? texts.none_found : texts.none_kept));
}

function conversations() {
  if (drawer()) {
    drawer().close();
    return;
  }
  const search = element("input", { type: "search", "aria-label": texts.search, placeholder: texts.search, oninput: fillList });
  const nothing = element("input", { type: "checkbox", id: "keep-nothing" });
  nothing.checked = !kept().keep;
  nothing.addEventListener("change", () => {
    const before = kept();
    if (!nothing.checked) {
      write({ ...before, keep: true });
    } else {
      setCurrent(null);
      sessionStorage.removeItem(DRAFT);
      write({ keep: false, conversations: [], deleted: [...before.deleted, ...before.conversations.map((each) => each.id)] });
      offer(texts.nothing_kept, () => { write(before); nothing.checked = !before.keep; fillList(); });
    }
    fillList();
  });
  const file = element("input", { type: "file", accept: ".json,application/json", hidden: "", onchange: () => importFrom(file.files[0]) });
  const button = (text, onclick) => element("button", { type: "button", onclick }, text);
  const dialog = element("dialog", { id: "conversations", "aria-labelledby": "conversations-title" },
    element("header", {}, element("h2", { id: "conversations-title", tabindex: "-1", autofocus: "" }, texts.conversations),
      element("button", { type: "button", class: "close", "aria-label": texts.close, onclick: () => dialog.close() })),
    search, element("ul", {}),
    element("p", {}, texts.kept_here),
    element("label", { class: "keep", for: "keep-nothing" }, nothing, texts.keep_nothing),
    element("p", { class: "buttons" },
      ...(questions().length ? [button(texts.save, () => tell("fetching", "save:")), button(texts.print, () => tell("fetching", "print:"))] : []),
      button(texts.export, exportAll), button(texts.read_in, () => file.click()), file,
      button(texts.delete_all, () => deleted(kept().conversations.map((each) => each.id)))));
  dialog.addEventListener("close", () => { offerHome?.append(find("#offer")); dialog.remove(); find("#menu").focus(); });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it
  (find(".gradio-container") ?? document.body).append(dialog);
  fillList();
  if (narrow.matches) dialog.showModal();
  else dialog.show();
}

function row(each) {
  const item = element("li", each.id === current ? { class: "shown" } : {});
  const open = element("button", { type: "button", class: "title", onclick: () => { if (narrow.matches) drawer().close(); showChat(); restore(each.id); } },
    element("b", { dir: "auto" }, each.title), element("time", {}, new Date(each.when).toLocaleDateString(document.documentElement.lang)));
  open.setAttribute("aria-label", each.title);
  const rename = element("button", { type: "button", class: "rename", "aria-label": `${texts.rename}: ${each.title}`, onclick: () => {
    const input = element("input", { type: "text", maxlength: "80", "aria-label": texts.rename });
    input.value = each.title;
    let done = false;
    const finish = (title) => {
      if (done) return;
      done = true;
      const all = kept();
      if (title) write({ ...all, conversations: all.conversations.map((one) => (one.id === each.id ? { ...one, title, named: true } : one)) });
      fillList();
      [...drawer().querySelectorAll(".rename")][at]?.focus();
    };
    const at = [...item.parentNode.children].indexOf(item);
    input.addEventListener("blur", () => finish(input.value.trim()));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault(); // the button that has the focus next is not pressed by it
      event.stopPropagation();
      finish(event.key === "Enter" ? input.value.trim() : "");
    });
    open.replaceWith(input);
    input.focus();
    input.select();
  } });
  item.append(open, rename, element("button", { type: "button", class: "delete", "aria-label": `${texts.delete}: ${each.title}`, onclick: () => deleted([each.id]) }));
  return item;
}

// Deletes conversations, and offers to have them back. The one that is shown is gone from the page too.
function deleted(ids) {
  if (!ids.length) return;
  const before = kept();
  const shown = ids.includes(current) ? current : null;
  write({ ...before, conversations: before.conversations.filter((each) => !ids.includes(each.id)), deleted: [...before.deleted, ...ids] });
  if (shown) find("#new").click();
  fillList();
  drawer()?.querySelector("h2").focus();
  offer(texts.deleted, () => {
    const now = kept();
    const back = before.conversations.filter((each) => ids.includes(each.id));
    write({ ...now, conversations: [...back, ...now.conversations], deleted: now.deleted.filter((id) => !ids.includes(id)) });
    fillList();
    if (shown) restore(shown);
  });
}

// -- files -----------------------------------------------------------------------------------------

function download(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function exportAll() {
  download(JSON.stringify({ conversations: kept().conversations }, null, 1), "doctors-answers.json", "application/json");
}

async function importFrom(file) {
  let read = null;
  try {
    read = JSON.parse(await file.text());
  } catch { /* told below */ }
  const single = Array.isArray(read?.turns) ? [read] : null;
  const fits = (each) => Array.isArray(each?.turns) && each.turns.length && each.turns.every((turn) => typeof turn?.content === "string");
  const found = (single ?? (Array.isArray(read?.conversations) ? read.conversations : [])).filter(fits);
  if (!found.length) {
    offer(texts.not_imported);
    return;
  }
  const all = kept();
  const made = found.map((each, at) => ({
    id: `${Date.now()}-${at}`, title: String(each.title ?? titleOf(each.turns)).slice(0, 80), when: Number(each.when) || Date.now(),
    turns: each.turns, ...(each.version === undefined ? {} : { version: each.version }),
  }));
  write({ ...all, keep: true, conversations: [...made, ...all.conversations] });
  fillList();
  offer(texts.imported.replace("{number}", made.length));
}

// A frame without scripts: what is printed is only looked at.
function print(html) {
  find("#print-frame")?.remove();
  const frame = element("iframe", { id: "print-frame", sandbox: "allow-same-origin allow-modals", title: "", "aria-hidden": "true" });
  frame.srcdoc = html;
  frame.addEventListener("load", () => frame.contentWindow.print());
  document.body.append(frame);
}

let copied = () => {};

// What the server was asked for: a conversation to save or print, or a reply to copy.
function fetched(answer) {
  const [kind, ...rest] = (answer ?? "").split("|");
  const text = rest.join("|");
  if (!text) return;
  if (kind === "save") download(text, "doctors-answers.md", "text/markdown");
  if (kind === "print") print(text);
  if (kind === "copy") copied(text);
}

async function copy(number) {
  const text = new Promise((done) => { copied = done; });
  tell("fetching", `copy:${number}`);
  try {
    // The text comes later: a browser that wants a press for each copy takes the promise within the press.
    if (window.ClipboardItem) await navigator.clipboard.write([new ClipboardItem({ "text/plain": text.then((ready) => new Blob([ready], { type: "text/plain" })) })]);
    else await navigator.clipboard.writeText(await text);
    offer(texts.copied);
  } catch {
    offer(texts.copy_failed);
  }
}

async function share(button) {
  const asked = [...questions()].filter((each) => each.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
  const url = `${location.origin}${location.pathname}?q=${encodeURIComponent((asked?.textContent ?? "").trim())}`;
  if (navigator.share && phone.matches) {
    navigator.share({ title: document.title, url }).catch(() => {});
    return;
  }
  try {
    await navigator.clipboard.writeText(url);
    offer(texts.shared);
  } catch {
    offer(texts.copy_failed);
  }
}
