// <form x-data="draft" data-draft="appeal-number"> keeps what is being typed in its textareas until it was sent.
export function draft() {
  return {
    init() {
      const key = `qabul-draft:${this.$el.dataset.draft}`;
      const areas = () => [...this.$el.querySelectorAll("textarea[name]")];
      let kept = {};
      try {
        kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
      } catch {
        kept = {};
      }
      for (const area of areas()) if (!area.value && kept[area.name]) area.value = kept[area.name];
      this.$el.addEventListener("input", () => {
        const typed = Object.fromEntries(areas().map((area) => [area.name, area.value]));
        try {
          sessionStorage.setItem(key, JSON.stringify(typed));
        } catch {
          // Full or forbidden storage: the text is still on the page.
        }
      });
      this.$el.addEventListener("submit", () => sessionStorage.removeItem(key));
    },
  };
}
