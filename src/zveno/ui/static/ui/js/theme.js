/* Runs before the first paint. The server has written the chosen view on <html>; what the width
   leaves room for only the browser knows: no media query sees text enlarged by us. */
(function () {
  "use strict";
  var root = document.documentElement;

  function fit() {
    var width = innerWidth / ((Number(root.dataset.zoom) || 100) / 100);
    if (width < 960) root.dataset.nav = "bar"; else delete root.dataset.nav;
    if (width < 640) root.dataset.narrow = ""; else delete root.dataset.narrow;
  }

  root.dataset.js = "";
  fit();
  addEventListener("resize", fit);
  window.zvenoFit = fit;
})();
