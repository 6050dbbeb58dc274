// <table x-data="keyboardList" data-shortcuts="on">: j and k walk the rows' links, Enter opens the focused one.
function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export function keyboardList() {
  return {
    init() {
      if (this.$el.dataset.shortcuts === "off") return;
      this.listener = (event) => {
        if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.key === "j") this.move(1);
        if (event.key === "k") this.move(-1);
      };
      document.addEventListener("keydown", this.listener);
    },
    destroy() {
      if (this.listener) document.removeEventListener("keydown", this.listener);
    },
    move(step) {
      const links = [...this.$el.querySelectorAll("[data-row-link]")];
      const at = links.indexOf(document.activeElement);
      const next = links[Math.min(links.length - 1, Math.max(0, at + step))];
      next?.focus();
    },
  };
}
