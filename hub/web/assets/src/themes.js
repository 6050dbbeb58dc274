// <button x-data="themeToggle" x-on:click="flip" x-bind:aria-pressed="pressed">
const DARK = "qabul-dark";
const LIGHT = "qabul-light";

function current() {
  const set = document.documentElement.dataset.theme;
  if (set) return set;
  return matchMedia("(prefers-color-scheme: dark)").matches ? DARK : LIGHT;
}

export function themeToggle() {
  return {
    dark: current() === DARK,
    get pressed() {
      return this.dark ? "true" : "false";
    },
    flip() {
      this.dark = !this.dark;
      const theme = this.dark ? DARK : LIGHT;
      document.documentElement.dataset.theme = theme;
      try {
        localStorage.setItem("qabul-theme", theme);
      } catch {
        // Private windows may refuse to store: the choice then lasts for this page.
      }
      document.dispatchEvent(new CustomEvent("qabul:theme", { detail: theme }));
    },
  };
}
