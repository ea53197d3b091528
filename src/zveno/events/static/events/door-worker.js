/* Keeps the page of the door and its files on the phone. Nothing of a child is kept here: the list
   comes apart from the page and is kept by it, encrypted. */
(function () {
  "use strict";
  var KEPT = "zveno-door", PAGE = /^\/check\/([0-9a-f-]{36}\/)?phone\/$/, PATIENCE = 4000;

  function kept(request) { return caches.match(request, { ignoreSearch: true }); }
  function keep(request, answer) {
    if (answer.ok && !answer.redirected) {
      var copy = answer.clone();
      caches.open(KEPT).then(function (cache) { cache.put(request, copy); });
    }
    return answer;
  }
  /* A network that is there and says nothing is no network. */
  function news(request) {
    return new Promise(function (resolve, reject) {
      setTimeout(reject, PATIENCE);
      fetch(request).then(function (answer) { resolve(keep(request, answer)); }, reject);
    });
  }

  self.addEventListener("install", function () { self.skipWaiting(); });
  self.addEventListener("activate", function (e) { e.waitUntil(self.clients.claim()); });
  self.addEventListener("fetch", function (e) {
    var url = new URL(e.request.url);
    if (e.request.method !== "GET" || url.origin !== location.origin) return;
    if (e.request.mode === "navigate" && PAGE.test(url.pathname)) {
      e.respondWith(news(e.request).catch(function () {
        return kept(e.request).then(function (found) { return found || fetch(e.request); });
      }));
    } else if (e.request.mode !== "navigate" && e.request.destination) {
      e.respondWith(kept(e.request).then(function (found) { return found || fetch(e.request); }));
    }
  });
})();
