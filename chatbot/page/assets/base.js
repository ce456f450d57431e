// The server joins these files, in the order of shell.py, to one script. Text from pages and people is only ever set
// as textContent or value, never as HTML.

const find = (selector) => document.querySelector(selector);
const field = () => find("#question textarea");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const soon = (then) => requestAnimationFrame(() => requestAnimationFrame(then)); // once Gradio has drawn
const narrow = matchMedia("(max-width: 999px)"); // where the sources are a sheet, and the drawer lies over the page
const phone = matchMedia("(max-width: 767px)");
let told = 0;
let texts = {};

function setValue(area, value) {
  if (!area) return;
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, value);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// Writes into a hidden field of Gradio, which then calls the server. The number makes each call a change.
function tell(id, value) {
  told += 1;
  setValue(find(`#${id} textarea`), `${told}|${value}`);
  lookForServer();
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

// What is wrong, until it is right again.
function notice(text) {
  const place = find("#gone");
  place.textContent = text;
  place.hidden = !text;
}

// What was done, in a line that goes away, with a button that takes it back.
let offered = 0;
let offerHome = null; // where the line stands, unless a drawer lies over the page: what is behind it can't be pressed
function offer(text, undo) {
  const place = find("#offer");
  const taken = () => { place.hidden = true; undo(); };
  place.replaceChildren(text, ...(undo ? [element("button", { type: "button", onclick: taken }, texts.undo)] : []));
  place.hidden = false;
  offerHome ??= place.parentNode;
  (find("dialog:modal") ?? offerHome).append(place);
  clearTimeout(offered);
  offered = setTimeout(() => { place.hidden = true; }, undo ? 15000 : 5000);
}
