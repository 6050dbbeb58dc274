// Drawing one message. Everything a person or the bot wrote goes in as text, never as HTML.

const WRAPS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const KINDS = ["photo", "voice", "video", "audio", "document", "sticker", "animation", "video_note"];

export function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

function wrap(entity, children, text, onCommand) {
  if (entity.type === "bot_command") {
    return make("button", { type: "button", class: "command", onclick: () => onCommand(text) }, ...children);
  }
  if (["text_link", "url", "email"].includes(entity.type)) {
    const target = entity.url || (entity.type === "email" ? `mailto:${text}` : text);
    if (!/^(https?:|mailto:|tg:|tel:)/i.test(target)) return make("span", {}, ...children);
    return make("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, ...children);
  }
  if (entity.type === "spoiler") return make("span", { class: "spoiler", tabindex: "0" }, ...children);
  return make(WRAPS[entity.type] || "span", {}, ...children);
}

// Entities nest; offsets are UTF-16 units, which is what JavaScript strings count in.
function formatted(text, entities, onCommand) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const build = (from, to, list) => {
    const out = [];
    let at = from;
    while (list.length) {
      const entity = list[0];
      const end = Math.min(entity.offset + entity.length, to);
      if (entity.offset < at) { list = list.slice(1); continue; }
      if (entity.offset > at) out.push(text.slice(at, entity.offset));
      const inner = list.slice(1).filter((other) => other.offset < end);
      out.push(wrap(entity, build(entity.offset, end, inner), text.slice(entity.offset, end), onCommand));
      list = list.slice(1).filter((other) => other.offset >= end);
      at = end;
    }
    if (at < to) out.push(text.slice(at, to));
    return out;
  };
  return build(0, text.length, sorted);
}

function medium(message) {
  const kind = KINDS.find((name) => message[name]);
  if (!kind) return null;
  const file = kind === "photo" ? message.photo.at(-1) : message[kind];
  const address = `/playground/files/${file.file_id}`;
  if (kind === "photo") return make("img", { src: address, alt: message.caption || "Photo", loading: "lazy" });
  if (kind === "voice" || kind === "audio") {
    return make("audio", { src: address, controls: "", preload: "none", "aria-label": kind });
  }
  if (kind === "sticker") return make("span", { class: "file" }, "🙂 Sticker");
  const size = `${Math.max(1, Math.round(file.file_size / 1024))} KB`;
  const link = make("a", { href: address, download: file.file_name || kind }, file.file_name || kind);
  return make("span", { class: "file" }, "📎 ", link, ` ${size}`);
}

function place(message) {
  if (!message.location) return null;
  const { latitude, longitude } = message.location;
  return make("span", { class: "file" }, `📍 ${message.venue?.title || "Location"}: ${latitude}, ${longitude}`);
}

function quote(message) {
  if (message.forward_origin) {
    const from = message.forward_origin.sender_user_name || message.forward_origin.sender_user?.first_name;
    return make("div", { class: "quote" }, `Forwarded from ${from || "somebody"}`);
  }
  const original = message.reply_to_message;
  if (!original) return null;
  return make("div", { class: "quote" }, original.text || original.caption || "Attachment");
}

function inlineKeyboard(message, onPress) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const draw = (button) => {
    if (button.url) {
      return make("a", { href: button.url, target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
    }
    return make("button", { type: "button", onclick: (event) => onPress(button, event.currentTarget) }, button.text);
  };
  return make("div", { class: "inline" }, ...rows.map((row) => make("div", { class: "row" }, ...row.map(draw))));
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

// `state`: "waiting" (the bot has not fetched it), "taken", or "" for the bot's own messages.
export function drawMessage(message, { mine, state, onPress, onCommand }) {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const marks = { waiting: "✓ waiting for the bot", taken: "✓✓" };
  const meta = make(
    "span", { class: "meta" }, message.edit_date ? "edited " : "",
    make("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
    state ? make("span", { class: "state", title: state === "taken" ? "The bot has taken it" : "" }, ` ${marks[state]}`) : null,
  );
  const contact = message.contact
    ? make("span", { class: "file" }, `👤 ${message.contact.first_name}, ${message.contact.phone_number}`) : null;
  const bubble = make(
    "div", { class: "bubble" },
    make("span", { class: "hidden" }, mine ? "You: " : "Bot: "),
    quote(message), medium(message), place(message), contact,
    text ? make("div", { class: "words", dir: "auto" }, ...formatted(text, entities, onCommand)) : null,
    meta,
  );
  const id = `message-${message.message_id}`;
  return make("article", { class: mine ? "message mine" : "message", id }, bubble, inlineKeyboard(message, onPress));
}
