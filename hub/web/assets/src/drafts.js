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

// <form x-data="typedBefore" data-draft="name"> with fields that hold a text already: what was typed and never
// saved is offered, in <div hidden x-bind:hidden="nothing">, and put back by x-on:click="putBack".
export function typedBefore() {
  return {
    nothing: true,
    kept: {},
    fields() {
      return [...this.$el.elements].filter((one) => one.name && /^(TEXTAREA|SELECT|INPUT)$/.test(one.tagName) && one.type !== "hidden");
    },
    init() {
      const form = this.$el;
      const key = PREFIX + form.dataset.draft;
      this.kept = read(key);
      this.nothing = this.fields().every((one) => (this.kept[one.name] ?? one.value) === one.value);
      const fields = this.fields();
      const keep = (event) => {
        if (event.target.form !== form) return;
        try {
          sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((one) => [one.name, one.value]))));
        } catch {
          // Full or forbidden storage: the text is still on the page.
        }
      };
      // Some fields of the form stand elsewhere on the page.
      document.addEventListener("input", keep);
    },
    putBack() {
      for (const one of this.$root.elements) if (one.name in this.kept && one.type !== "hidden") one.value = this.kept[one.name];
      this.nothing = true;
      this.$root.dispatchEvent(new Event("input", { bubbles: true }));
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
