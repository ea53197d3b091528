/* Chosen view before the first paint. Small and blocking on purpose: a later script would flash. */
(function () {
  "use strict";
  var root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  var defaults = { theme: "auto", zoom: "100", density: "normal", spacing: "normal" };
  var query = new URLSearchParams(location.search);

  function stored(key) {
    try { return localStorage.getItem("zveno-" + key); } catch (e) { return null; }
  }
  function chosen(key) { return query.get("view-" + key) || stored(key) || defaults[key]; }
  function apply(key, value) {
    root.dataset[key] = key === "theme" && value === "auto" ? (dark.matches ? "dark" : "light") : value;
    var width = innerWidth / ((Number(root.dataset.zoom) || 100) / 100);
    if (width < 960) root.dataset.nav = "bar"; else delete root.dataset.nav;
    if (width < 640) root.dataset.narrow = ""; else delete root.dataset.narrow;
  }
  function choose(key, value) {
    try { localStorage.setItem("zveno-" + key, value); } catch (e) { /* private mode: this page only */ }
    query.delete("view-" + key);
    apply(key, value);
  }

  root.dataset.js = "";
  Object.keys(defaults).forEach(function (key) { apply(key, chosen(key)); });
  addEventListener("resize", function () { apply("zoom", root.dataset.zoom); });
  dark.addEventListener("change", function () { apply("theme", chosen("theme")); });
  window.zvenoView = { chosen: chosen, choose: choose };
})();
