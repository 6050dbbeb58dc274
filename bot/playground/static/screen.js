// The screen itself: staying at the newest message, and short notices.

const $ = (id) => document.getElementById(id);

let atEnd = true; // stay at the newest message while pictures load and menus open, unless the reader went up

export function toEnd() {
  atEnd = true;
  $("log").scrollTop = $("log").scrollHeight;
}

export function followEnd() {
  const log = $("log");
  const keep = () => { if (atEnd) toEnd(); };
  let before = 0;
  log.addEventListener("scroll", () => {
    const down = log.scrollTop >= before; // content that grows is not a reader who goes up
    const near = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    atEnd = near || (down && atEnd);
    before = log.scrollTop;
  });
  log.addEventListener("load", keep, true);
  new ResizeObserver(keep).observe(log);
}

export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}
