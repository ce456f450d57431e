// Addresses: each place of the pages has one, and the browser's back and forward go through them.

const PLACES = ["thread", "answer", "find", "topic", "specialty", "doctor", "from", "pages", "doctors", "map"];
const SEARCH_AFTER_MS = 220;
let here = ""; // the place that is shown, by its address; "" for the chat
let scrolled = {}; // how far each place was scrolled when it was left
let leftFrom = null; // the link that led from the chat to the pages
let searching;

const placeOf = (address) => (PLACES.some((name) => new URLSearchParams(address).has(name)) ? address : "");

function tabButton(corpus) {
  return find(`#${corpus ? "corpus" : "chat"}-tab-button`);
}

// Shows what the address says: a place of the pages, or the chat.
function visit() {
  const place = placeOf(location.search);
  if (place === here) return;
  scrolled[here] = scrollY;
  here = place;
  const tab = tabButton(Boolean(place));
  if (tab?.getAttribute("aria-selected") !== "true") tab?.click();
  if (place) {
    tell("wanted", place);
    const box = find("#search textarea");
    const text = new URLSearchParams(place).get("find") ?? "";
    if (box && document.activeElement !== box && box.value !== text) setValue(box, text);
  } else {
    soon(() => {
      scrollTo(0, scrolled[""] ?? 0);
      leftFrom?.focus({ preventScroll: true });
      leftFrom = null;
    });
  }
}

function goTo(address) {
  if (history.state?.sheet) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  visit();
}

function showChat() {
  if (placeOf(location.search)) goTo(location.pathname);
}

function placeShown() {
  const id = new URLSearchParams(here).get("answer");
  soon(() => {
    if (!here || document.activeElement === find("#search textarea")) return;
    const answer = id && document.getElementById(`answer-${id}`);
    const article = answer || find("#place article") || find("#place h2[tabindex]");
    if (answer) answer.scrollIntoView({ block: "start" });
    else scrollTo(0, scrolled[here] ?? 0);
    article?.focus({ preventScroll: true });
  });
}

// Searches as one types; the address says what for.
function searched(event) {
  if (event.target !== find("#search textarea") || !placeOf(location.search)) return;
  clearTimeout(searching);
  searching = setTimeout(() => {
    const parameters = new URLSearchParams(location.search);
    const text = event.target.value.trim();
    if ((parameters.get("find") ?? "") === text) return;
    for (const name of ["find", "from", "pages"]) parameters.delete(name);
    if (text) parameters.set("find", text);
    history.replaceState(null, "", `?${parameters.toString() || "pages"}`);
    visit();
  }, SEARCH_AFTER_MS);
}

// -- the map ---------------------------------------------------------------------------------------

// The points are one stop for the Tab key; the arrow keys go from one to the next.
function alongTheMap(event) {
  const from = event.target.closest?.(".map a");
  if (!from) return;
  const points = [...from.parentNode.querySelectorAll("a")];
  const at = points.indexOf(from);
  const places = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: points.length - 1 };
  const next = points[places[event.key]];
  if (!next) return;
  event.preventDefault();
  from.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
}

function tellThePoint(event) {
  const at = event.target.closest?.(".map a");
  if (at) at.closest(".map").querySelector(".at").textContent = at.getAttribute("aria-label");
}
