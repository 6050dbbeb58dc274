// htmx with everything off that a strict content security policy forbids; its extensions expect it on `window`.
import htmx from "htmx.org";

window.htmx = htmx;
htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.allowScriptTags = false;
htmx.config.selfRequestsOnly = true;
htmx.config.scrollBehavior = "auto";
// A refused form comes back with 4xx and the same fields marked: show it, as a full page load would.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "(400|409|422)", swap: true, error: false },
  { code: "[45]..", swap: false, error: true },
];

function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = csrfToken();
});

// What a screen reader and everybody else is told when a request gets no answer.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    document.getElementById("connection-lost")?.removeAttribute("hidden");
  });
}
document.addEventListener("htmx:afterOnLoad", () => {
  document.getElementById("connection-lost")?.setAttribute("hidden", "");
});
