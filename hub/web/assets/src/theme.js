// Before the first paint: the theme this person chose here, else the system's (the style sheet's own default).
const chosen = (() => {
  try {
    return localStorage.getItem("qabul-theme");
  } catch {
    return null;
  }
})();
if (chosen === "qabul-light" || chosen === "qabul-dark") document.documentElement.dataset.theme = chosen;
