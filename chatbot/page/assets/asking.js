// Asking: the question is shown at once, what is typed is never lost, and a reply is read from its beginning.

const WORK_SHOWN_MS = 150;
const SOON_MS = 30000;
const LIMIT_SHOWN_FROM = 0.8;
const DRAFT = "doctors-answers-draft";
let awaitsReply = false;
let released = []; // called once no reply is awaited any more
let taken = ""; // the question whose reply is awaited
let follows = false; // whether the reader waits at the question, and has not gone elsewhere
let shownBefore = 0; // questions in the chat before the one that is awaited
let working;

const questions = () => document.querySelectorAll("#chat .user.message");

// The field is emptied when a question is sent, here and not by the server: what is typed afterwards is not lost. While
// a reply is awaited the next question waits in the field. Where no server is there, it stays there.
async function take(question, channel) {
  if (!question.trim()) return [question, channel];
  await Promise.race([restoring, pause(60000)]); // the model may still be loading
  if (awaitsReply) {
    find("#limit").textContent = texts.waits;
    await Promise.race([new Promise((done) => released.push(done)), pause(SOON_MS)]);
    showLimit();
    if (awaitsReply || field().value !== question) return [field().value, channel];
  }
  awaits(question);
  goesBack = false;
  if (!(await reach())) {
    release();
    gone();
    return [typedSince(question, question), channel];
  }
  notice("");
  keepDraft(question); // a reload before the reply brings it back
  setTimeout(showLimit);
  told += 1;
  return [typedSince(question, ""), `${told}|${question}`];
}

// What a button in a reply says for the user.
function say(text) {
  if (awaitsReply) return;
  awaits(text);
  tell("asked", text);
}

// What stands in the field, where it is no longer what was sent.
function typedSince(sent, otherwise) {
  const now = field()?.value ?? sent;
  return now === sent ? otherwise : now;
}

// A reply is awaited: the question stands at the top from now on, and nothing of it moves when the reply comes.
function awaits(question) {
  if (awaitsReply) return;
  lookForServer();
  awaitsReply = true;
  taken = typeof question === "string" ? question : "";
  shownBefore = questions().length;
  find("#pending .asked").textContent = taken;
  find("#pending").hidden = !taken;
  document.body.classList.add("asking");
  follows = true;
  soon(() => { makeRoom(); if (!find("#pending").hidden) find("#pending").scrollIntoView({ block: "start" }); });
  working = setTimeout(() => { find("#working").textContent = texts.working; }, WORK_SHOWN_MS);
}

function release() {
  clearTimeout(working);
  awaitsReply = false;
  find("#pending").hidden = true;
  find("#working").textContent = "";
  document.body.classList.remove("asking");
  for (const done of released.splice(0)) done();
}

// Below the last exchange there is as much room as it needs for its question to stand at the top.
function makeRoom() {
  const last = [...questions(), find("#pending")].filter((each) => each.checkVisibility()).pop();
  const room = find("#room");
  if (!last || !room) return;
  const style = getComputedStyle(document.documentElement);
  const seen = innerHeight - parseFloat(style.scrollPaddingTop) - find("#dock").offsetHeight;
  const used = room.getBoundingClientRect().top - last.getBoundingClientRect().top;
  room.style.height = `${Math.max(0, seen - used - 4)}px`;
}

function replied() {
  const wasFollowed = follows;
  soon(() => {
    release();
    makeRoom();
    keepDraft(field().value);
    const all = questions();
    if (wasFollowed) all[all.length - 1]?.scrollIntoView({ block: "start" });
  });
}

// Stopped, or refused by the server: the question stands in the field again, unless something else does.
function stopped() {
  if (!field()?.value) setValue(field(), taken);
  release();
}

function failed() {
  if (awaitsReply) stopped();
  reach().then((found) => {
    if (found && found.started === server.started) notice(texts.busy);
    else lookForServer();
  });
}

function showLimit() {
  const area = field();
  const limit = area.maxLength;
  const near = limit > 0 && area.value.length >= LIMIT_SHOWN_FROM * limit;
  find("#limit").textContent = near ? texts.limit.replace("{length}", area.value.length).replace("{limit}", limit) : "";
}

function typed(event) {
  if (event.target !== field()) return;
  showLimit();
  keepDraft(field().value);
}

function keepDraft(text) {
  if (text && kept().keep) sessionStorage.setItem(DRAFT, text);
  else sessionStorage.removeItem(DRAFT);
}

// The chip that had the focus is gone: the next one has it, or the sentence that tells so.
function forgotten() {
  soon(() => (find("#person .told [data-forget]") ?? find("#person [data-forget]") ?? find("#person .told"))?.focus());
}

function feedbackShown() {
  const form = document.getElementById("feedback");
  const grown = new ResizeObserver(() => form.scrollIntoView({ block: "center" })); // Gradio fetches its parts late
  grown.observe(form);
  setTimeout(() => grown.disconnect(), 2000);
}

// -- what Gradio leaves to be mended in the chat ---------------------------------------------------

function mendChat() {
  const pending = find("#pending");
  if (!pending.hidden && questions().length > shownBefore) {
    pending.hidden = true;
  }
  find("#chat .examples[role=list]")?.setAttribute("role", "group"); // they are buttons
  find("#chat [role=complementary]")?.setAttribute("role", "presentation"); // the first view is no aside
  for (const each of document.querySelectorAll("#chat .example[aria-label]")) each.removeAttribute("aria-label"); // "Select example 1"
  for (const each of document.querySelectorAll("#chat .icon-button svg:not([aria-hidden])")) each.setAttribute("aria-hidden", "true");
  const log = find("#chat [role=log]");
  if (log.getAttribute("aria-label") !== texts.conversation) log.setAttribute("aria-label", texts.conversation);
  for (const each of document.querySelectorAll("#chat [data-testid=bot], #chat [data-testid=user]")) {
    const name = each.dataset.testid === "bot" ? texts.reply : texts.you;
    if (each.getAttribute("aria-label") !== name) each.setAttribute("aria-label", name);
    if (each.role !== "group") each.role = "group"; // or else the label is not heard
    if (each.dir !== "auto") each.dir = "auto";
  }
  for (const area of document.querySelectorAll("#chat textarea:not([aria-label])")) area.setAttribute("aria-label", texts.edit);
}

// -- an emergency ----------------------------------------------------------------------------------

// The notice has the focus and, on a phone, the whole screen, until it is dismissed.
function urgentShown() {
  const shown = find("#urgent .urgent-notice");
  if (shown && shown.textContent === sessionStorage.getItem(dismissedKey)) shown.hidden = true;
  const covers = Boolean(shown && !shown.hidden && phone.matches);
  for (const each of document.querySelectorAll("#bar, #conversation, .tab-wrapper")) each.inert = covers;
  if (covers) shown.querySelector("h2").focus();
}

const dismissedKey = "doctors-answers-dismissed";

function dismissUrgent() {
  const shown = find("#urgent .urgent-notice");
  sessionStorage.setItem(dismissedKey, shown.textContent);
  shown.hidden = true;
  urgentShown();
  field().focus({ preventScroll: true });
}

function showNumbers() {
  sessionStorage.removeItem(dismissedKey);
  const shown = find("#urgent .urgent-notice");
  if (!shown) return;
  shown.hidden = false;
  urgentShown();
  shown.scrollIntoView({ block: "nearest" });
}
