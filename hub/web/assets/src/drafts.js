// <form x-data="draft" data-draft="name"> keeps what is being typed in its textareas until the server has it:
// a page that says so carries <div x-data="draftSent" data-draft="name">; signing out forgets all of them.
const PREFIX = "qabul-draft:";

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}

export function draft() {
  return {
    init() {
      const key = PREFIX + this.$el.dataset.draft;
      const areas = () => [...this.$el.querySelectorAll("textarea[name]")];
      const kept = read(key);
      for (const area of areas()) if (!area.value && kept[area.name]) area.value = kept[area.name];
      this.$el.addEventListener("input", () => {
        const typed = Object.fromEntries(areas().map((area) => [area.name, area.value]));
        try {
          sessionStorage.setItem(key, JSON.stringify(typed));
        } catch {
          // Full or forbidden storage: the text is still on the page.
        }
      });
    },
  };
}

export function draftSent() {
  return {
    init() {
      sessionStorage.removeItem(PREFIX + this.$el.dataset.draft);
    },
  };
}

export function draftsGone() {
  return {
    init() {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    },
  };
}
