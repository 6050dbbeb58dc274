// <li x-data="insertText" data-into="field-id"> ... <p data-text>...</p><button x-on:click="insert">: puts the text
// where the writer's cursor stands in that field and leaves the cursor after it.
export function insertText() {
  return {
    insert() {
      const area = document.getElementById(this.$root.dataset.into);
      const text = this.$root.querySelector("[data-text]").textContent;
      if (!area) return;
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    },
  };
}
