// From a citation to its source and back: beside the reply on a desk, in a sheet from below on a phone.

let wanted = null; // the card to open once the server has shown the cards of its reply
let cited = null; // the citation that has the focus back when the sheet is closed
let previewed;

const cardOf = (citation) => document.getElementById(citation.getAttribute("href").slice(1));

function follow(citation) {
  cited = citation;
  wanted = citation.getAttribute("href").slice(1);
  hidePreview();
  if (!openCard(wanted)) tell("opened", wanted.replace("source-", ""));
}

function openCard(id) {
  const card = document.getElementById(id);
  if (!card) return false;
  wanted = null;
  openSheet();
  point(card, true);
  card.focus({ preventScroll: true });
  return true;
}

// Shows a card in the panel, at the cited words, and which citation it belongs to.
function point(card, scroll) {
  for (const each of document.querySelectorAll(".card.on, .cite.on")) each.classList.remove("on");
  card.classList.add("on");
  for (const each of document.querySelectorAll(`.cite[href='#${card.id}']`)) each.classList.add("on");
  const panel = find("#sources");
  if (!scroll || getComputedStyle(panel).position === "static") return;
  const mark = card.querySelector("mark") ?? card;
  const head = find("#cards .top").offsetHeight + 12;
  const top = (each) => each.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop - head;
  // The whole head of the card, where the cited words are then seen too.
  const to = top(mark) - top(card) < panel.clientHeight - head - 120 ? top(card) : top(mark) - 40;
  panel.scrollTo({ top: to });
}

function openSheet() {
  const sheet = find("#sources");
  if (!narrow.matches || sheet.classList.contains("open")) return;
  sheet.classList.add("open");
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-modal", "true");
  sheet.setAttribute("aria-labelledby", "sources-title");
  behindSheet(true);
  history.pushState({ sheet: true }, "");
}

function behindSheet(inert) {
  for (const each of document.querySelectorAll("#bar, #talk, .tab-wrapper")) each.inert = inert;
}

// The way back is the browser's: whoever closes the sheet goes one step back, and so does the button of a phone.
function closeSheet(back = true) {
  const sheet = find("#sources");
  if (!sheet.classList.contains("open")) return false;
  sheet.classList.remove("open");
  for (const name of ["role", "aria-modal", "aria-labelledby"]) sheet.removeAttribute(name);
  sheet.style.transform = "";
  behindSheet(false);
  if (back && history.state?.sheet) history.back();
  const citation = cited?.isConnected ? cited : null;
  citation?.focus({ preventScroll: true });
  if (citation && !isSeen(citation)) citation.scrollIntoView({ block: "center" });
  return true;
}

function isSeen(each) {
  const box = each.getBoundingClientRect();
  return box.top >= find("#bar").offsetHeight && box.bottom < innerHeight - find("#dock").offsetHeight;
}

function dragSheet(event) {
  const sheet = find("#sources.open");
  if (!sheet || !event.target.closest?.("#cards .top") || event.target.closest("button")) return;
  const from = event.clientY;
  const move = (at) => { sheet.style.transform = `translateY(${Math.max(0, at.clientY - from)}px)`; };
  const end = (at) => {
    removeEventListener("pointermove", move);
    sheet.style.transform = "";
    if (at.clientY - from > 90) closeSheet();
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end, { once: true });
  addEventListener("pointercancel", end, { once: true });
}

function backToCitation(link) {
  const href = link.getAttribute("href");
  const number = document.querySelectorAll(`#chat a.cite[href='${href}']`);
  cited = number[number.length - 1] ?? cited;
  if (closeSheet()) return;
  const fold = cited?.closest("details:not([open])");
  if (fold) fold.open = true;
  cited?.scrollIntoView({ block: "center" });
  cited?.focus({ preventScroll: true });
}

// The panel follows the citation under the pointer or the focus; a small preview tells whose words they are.
function reached(event) {
  const citation = event.target.closest?.("#chat a.cite");
  clearTimeout(previewed);
  if (!citation) {
    hidePreview();
    return;
  }
  const card = cardOf(citation);
  if (card && !narrow.matches) point(card, true);
  if (event.type !== "focusin") previewed = setTimeout(() => preview(citation, card), 350);
}

function preview(citation, card) {
  hidePreview();
  const quote = citation.closest(".quote");
  const who = (card?.querySelector("h3") ?? quote?.querySelector(".who"))?.textContent ?? "";
  const words = (card?.querySelector("mark") ?? card?.querySelector(".answer") ?? quote?.querySelector(".words"))?.textContent ?? "";
  const box = citation.getBoundingClientRect();
  const shown = element("div", { id: "preview", role: "tooltip" }, element("b", {}, who), element("span", {}, words.trim().slice(0, 240)));
  (find(".gradio-container") ?? document.body).append(shown);
  shown.style.left = `${Math.max(12, Math.min(box.left, innerWidth - shown.offsetWidth - 12))}px`;
  shown.style.top = `${box.bottom + shown.offsetHeight + 16 < innerHeight ? box.bottom + 8 : box.top - shown.offsetHeight - 8}px`;
}

function hidePreview() {
  find("#preview")?.remove();
}

function cardsShown() {
  if (wanted) soon(() => openCard(wanted));
}
