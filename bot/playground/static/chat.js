// The chat page: who talks, what was said, what can be pressed.

import { get, listen, post, upload } from "./api.js";
import { drawMessage, make } from "./render.js";
import { followEnd, toEnd, toast } from "./screen.js";

const $ = (id) => document.getElementById(id);
const world = { bot: null, bots: [], people: [], person: null, messages: new Map(), waiting: new Set(), unread: {}, last: {} };
const pressed = new Map(); // query id -> button, until the bot answers

function who() {
  return { user: world.person.id, ...(world.bot ? { bot: world.bot.id } : {}) };
}

function complain(words) {
  $("trouble").textContent = words;
  $("trouble").hidden = !words;
}

async function attempt(work) {
  complain("");
  try {
    return await work();
  } catch (error) {
    complain(error.message);
    return null;
  }
}

// People

function drawPeople() {
  const rows = world.people.map((person, index) => {
    const current = person.id === world.person?.id;
    const unread = world.unread[person.id];
    const words = make("span", {}, make("span", { class: "name" }, person.first_name),
      make("span", { class: "last" }, world.last[person.id] || person.language_code || ""));
    const face = make("span", { class: `face c${index % 4}`, "aria-hidden": "true" }, person.first_name.slice(0, 1));
    const count = unread ? make("span", { class: "unread", "aria-label": `${unread} unread` }, String(unread)) : null;
    const button = make("button", { type: "button", "aria-current": String(current), onclick: () => choose(person) },
      face, words, count);
    return make("li", {}, button);
  });
  $("people").replaceChildren(...rows);
}

async function choose(person) {
  world.person = person;
  delete world.unread[person.id];
  history.replaceState(null, "", `#${person.id}`);
  drawPeople();
  await attempt(loadChat);
}

// Conversation

function drawOne(message) {
  const mine = !message.from?.is_bot;
  const state = mine ? (world.waiting.has(message.message_id) ? "waiting" : "taken") : "";
  const onPress = (button, node) => press(message, button, node);
  return drawMessage(message, { mine, state, onPress, onCommand: say });
}

async function loadChat() {
  if (!world.bot) return;
  const chat = await get("chat", who());
  world.messages = new Map(chat.messages.map((message) => [message.message_id, message]));
  world.waiting = new Set(chat.waiting);
  $("log").setAttribute("aria-live", "off"); // an old conversation is not news
  const shown = chat.messages.filter(isShown).map(drawOne);
  const hint = make("p", { class: "empty" }, `${world.person.first_name} has not written yet. Press Start.`);
  $("log").replaceChildren(...(shown.length ? shown : [hint]));
  setTimeout(() => $("log").setAttribute("aria-live", "polite"), 50);
  drawKeyboard(chat.keyboard);
  drawCommands(chat.commands);
  drawBlocked(chat.blocked);
  drawStart();
  toEnd();
}

function isShown(message) {
  return !message.forum_topic_created;
}

function drawStart() {
  const empty = world.messages.size === 0;
  $("start").hidden = !empty;
  $("composer").hidden = empty;
}

function drawKeyboard(keyboard) {
  const rows = keyboard?.keyboard || [];
  const draw = (button) => make("button", { type: "button", onclick: () => reply(button) }, button.text);
  $("keyboard").replaceChildren(...rows.map((row) => make("div", { class: "row" }, ...row.map(draw))));
  $("keyboard").hidden = rows.length === 0;
  $("words").placeholder = keyboard?.input_field_placeholder || "Message";
}

function drawCommands(commands) {
  const draw = ({ command, description }) => make("button", { type: "button", class: "item", onclick: () => say(`/${command}`) },
    make("b", {}, `/${command}`), make("span", {}, description));
  const none = make("p", {}, "The bot has not set any commands.");
  $("commands").replaceChildren(...(commands.length ? commands.map(draw) : [none]));
}

function drawBlocked(blocked) {
  $("block").textContent = blocked ? "Unblock bot" : "Block bot";
  $("block").setAttribute("aria-pressed", String(blocked));
}

function put(message) {
  world.messages.set(message.message_id, message);
  if (!isShown(message)) return;
  const old = $(`message-${message.message_id}`);
  const fresh = drawOne(message);
  if (old) old.replaceWith(fresh);
  else {
    $("log").querySelector(".empty")?.remove();
    $("log").append(fresh);
    toEnd();
  }
  drawStart();
}

// Acts

async function act(name, parameters = {}) {
  closeMenus();
  return attempt(() => post(`acts/${name}`, { ...who(), ...parameters }));
}

const LONGEST = 4096;

// A longer text leaves in several messages, as Telegram's own apps cut it.
async function say(text) {
  const signs = Array.from(text);
  for (let from = 0; from < signs.length; from += LONGEST) {
    const part = signs.slice(from, from + LONGEST).join("");
    if (part.trim()) await act("say", { text: part });
  }
}

async function reply(button) {
  if (button.request_contact) await act("contact");
  else if (button.request_location) await act("location");
  else await say(button.text);
}

async function press(message, button, node) {
  if (button.callback_data === undefined) {
    toast("This kind of button does nothing in the playground.");
    return;
  }
  node.disabled = true;
  const done = await act("press", { message_id: message.message_id, data: button.callback_data });
  if (!done) node.disabled = false;
  else {
    pressed.set(done.result.query_id, node);
    setTimeout(() => { node.disabled = false; }, 8000);
  }
}

function closeMenus() {
  for (const name of ["commands", "attachments"]) {
    $(name).hidden = true;
    $(`show-${name}`).setAttribute("aria-expanded", "false");
  }
}

function toggleMenu(name) {
  const opening = $(name).hidden;
  closeMenus();
  $(name).hidden = !opening;
  $(`show-${name}`).setAttribute("aria-expanded", String(opening));
}

// What happens elsewhere

function working(action) {
  $("status").textContent = action === "typing" ? "typing…" : `${action.replaceAll("_", " ")}…`;
  clearTimeout(working.timer);
  working.timer = setTimeout(() => { $("status").textContent = "bot"; }, 5000);
}

const HEARD = {
  message(data) { if (!data.from?.is_bot) world.waiting.add(data.message_id); put(data); drawKeyboard(data.keyboard); $("status").textContent = "bot"; },
  edit: put,
  delete(data) { world.messages.delete(data.message_id); $(`message-${data.message_id}`)?.remove(); },
  confirmed(data) {
    world.waiting.delete(data.message_id);
    const message = world.messages.get(data.message_id);
    if (message) put(message);
  },
  answer(data) {
    const node = pressed.get(data.callback_query_id);
    if (node) node.disabled = false;
    if (data.text && data.show_alert) {
      $("alert-text").textContent = data.text;
      $("alert").showModal();
    } else if (data.text) toast(data.text);
  },
  action(data) { working(data.action); },
  blocked(data) { drawBlocked(data.blocked); },
};

function hear(event) {
  if (event.kind === "person" || event.kind === "bot") { attempt(refresh); return; }
  if (event.bot !== world.bot?.id) return;
  if (event.kind === "commands") { attempt(loadChat); return; }
  if (event.kind === "message") {
    world.last[event.chat] = event.data.text || event.data.caption || "Attachment";
    if (event.chat !== world.person?.id) world.unread[event.chat] = (world.unread[event.chat] || 0) + 1;
    drawPeople();
  }
  if (event.chat === world.person?.id) HEARD[event.kind]?.(event.data);
}

async function refresh() {
  const state = await get("state");
  const before = world.bot?.id;
  world.people = state.people;
  world.bots = state.bots;
  world.bot = state.bots.find((bot) => bot.id === before) || state.bots[0] || null;
  world.person = state.people.find((person) => person.id === (world.person?.id ?? Number(location.hash.slice(1)))) || state.people[0];
  $("bots").hidden = state.bots.length < 2;
  $("bots").replaceChildren(...state.bots.map((bot) => make("option", { value: bot.id }, bot.username)));
  $("bot-name").textContent = world.bot ? world.bot.first_name : "Waiting for the bot";
  drawPeople();
  if (world.bot && world.bot.id !== before) await loadChat();
  return state;
}

function connect() {
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("words").value;
    if (!text.trim()) return;
    $("words").value = "";
    resize();
    say(text).then(() => $("words").focus());
  });
  $("words").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("composer").requestSubmit();
    }
  });
  $("words").addEventListener("input", resize);
  $("start").addEventListener("click", () => say("/start").then(() => $("words").focus()));
  $("show-commands").addEventListener("click", () => toggleMenu("commands"));
  $("show-attachments").addEventListener("click", () => toggleMenu("attachments"));
  $("block").addEventListener("click", () => act($("block").getAttribute("aria-pressed") === "true" ? "unblock" : "block"));
  $("bots").addEventListener("change", () => {
    world.bot = world.bots.find((bot) => String(bot.id) === $("bots").value);
    $("bot-name").textContent = world.bot.first_name;
    attempt(loadChat);
  });
  $("newcomer").addEventListener("submit", addPerson);
  $("attachments").addEventListener("click", attach);
  $("file").addEventListener("change", sendFile);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(); });
}

function resize() {
  $("words").rows = Math.min(6, $("words").value.split("\n").length);
}

async function addPerson(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const body = { first_name: form.get("name"), language_code: form.get("language") };
  const person = await attempt(() => post("users", body));
  if (!person) return;
  event.target.reset();
  world.person = person;
  await attempt(refresh);
  await choose(person);
}

function attach(event) {
  const { file, act: kind } = event.target.dataset;
  if (file) {
    $("file").accept = file === "photo" ? "image/*" : "";
    $("file").dataset.kind = file;
    $("file").click();
  } else if (kind === "location" || kind === "contact") act(kind);
  else if (kind === "album") act("album", { kinds: ["photo", "photo"], caption: "Two photos" });
  else if (kind) act("attach", { kind });
}

async function sendFile() {
  const [file] = $("file").files;
  if (!file) return;
  const fields = { ...who(), kind: $("file").dataset.kind, caption: $("words").value };
  closeMenus();
  if (await attempt(() => upload("acts/attach", fields, file))) $("words").value = "";
  $("file").value = "";
}

connect();
followEnd();
const state = await attempt(refresh);
listen(state?.next || 0, hear, (open) => { $("status").textContent = open ? "bot" : "connection lost, trying again"; });
