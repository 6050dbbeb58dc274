// <div x-data="undoWindow" data-seconds="10"><span x-text="left"></span> ... </div>: counts down, then hides the undo.
export function undoWindow() {
  return {
    left: 0,
    open: true,
    init() {
      this.left = Number(this.$el.dataset.seconds ?? "10");
      const timer = setInterval(() => {
        this.left -= 1;
        if (this.left <= 0) {
          this.open = false;
          clearInterval(timer);
        }
      }, 1000);
    },
  };
}
