// Whether the server is there, and the same as before. One that is gone is told of and looked for; that it is back is said
// once, and the page works on: it holds the conversation itself. Where Gradio takes nothing more, since a stream of it
// broke off, or the server has other parts, the page is loaded anew, with all that stood there.

const LOOK_EACH_MS = 5000;
const LOOK_AGAIN_MS = 1000;
const REACH_MS = 10000;
const HELD = "doctors-answers-held"; // what the page is loaded anew with; there for that moment only
let server = {}; // which server sent this page, and with what parts
let missing = false;
let looking = false;
let broken = false; // whether Gradio waits for the page to be loaded anew
let saysBack = false;

// Returns what the server tells of itself, or null where none answers.
async function reach() {
  try {
    const answer = await fetch("alive", { cache: "no-store", signal: AbortSignal.timeout(REACH_MS) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// One that answers late is asked again before it is called gone.
async function lookForServer() {
  if (looking) return;
  looking = true;
  const awaited = awaitsReply; // what is asked from now on is asked of the server that is found
  let found = (await reach()) ?? (await pause(LOOK_AGAIN_MS), await reach());
  if (!found) gone();
  while (!found) {
    await pause(LOOK_AGAIN_MS);
    found = await reach();
  }
  looking = false;
  if (missing || found.started !== server.started) isBack(found, awaited);
}

function gone() {
  missing = true;
  if (awaitsReply) stopped();
  notice(texts.gone);
  lookForServer();
}

function isBack(found, awaited) {
  if (missing) notice("");
  missing = false;
  saysBack = true;
  if (awaited && awaitsReply && found.started !== server.started) stopped(); // who made the reply is no more
  if (broken || found.parts !== server.parts) {
    loadAnew();
    return;
  }
  server = found;
  saysBack = false;
  offer(texts.back);
}

function loadAnew() {
  const shown = current ? null : { record: find("#saved textarea").value, deleted: deletedElsewhere, draft: field().value };
  sessionStorage.setItem(HELD, JSON.stringify({ saysBack, shown }));
  location.reload();
}

// Returns the conversation that the page was loaded anew with and that is kept nowhere, or null.
function held() {
  const { saysBack: says, shown } = JSON.parse(sessionStorage.getItem(HELD) ?? "{}");
  sessionStorage.removeItem(HELD);
  if (says) offer(texts.back);
  return shown ?? null;
}

function watchServer() {
  server = JSON.parse(find("meta[name=server]").content);
  const look = () => document.visibilityState === "visible" && lookForServer();
  setInterval(look, LOOK_EACH_MS);
  document.addEventListener("visibilitychange", look);
  for (const change of ["online", "offline"]) addEventListener(change, look);
  // Gradio asks for this address only where a stream broke off (shell.py).
  new PerformanceObserver((list) => {
    if (broken || !list.getEntries().some((each) => each.name.endsWith("/gradio_api/app_id"))) return;
    broken = true;
    if (awaitsReply) stopped();
    if (!missing) reach().then((found) => (found ? loadAnew() : gone()));
  }).observe({ type: "resource", buffered: true });
}
