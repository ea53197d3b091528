/* Check-in on a phone. The phone decides by its own list; the network only brings news. The list is
   kept encrypted, for a day at most; marks to be sent are codes without names. */
(function () {
  "use strict";
  var d = document, main = d.querySelector("[data-door]");
  var DAY = 86400000, STALE = 30000, PAUSE = 3000, AGAIN = 15000, LOOK = 200, WIDE = 640, PATIENCE = 20000;
  var event = main.dataset.door, own = location.pathname, lists, marks;
  var list = null, queue = [], device = "", ahead = 0, taken = 0, asked = false, shown = "", beside = "";

  function by(name, within) { return (within || d).querySelector("[data-" + name + "]"); }
  function all(selector) { return Array.prototype.slice.call(d.querySelectorAll(selector)); }
  function say(name, words) { all("[data-" + name + "]").forEach(function (one) { one.textContent = words; }); }
  function clone(name) { return by("made-" + name).content.firstElementChild.cloneNode(true); }
  function time(moment) { return new Date(moment).toLocaleTimeString(d.documentElement.lang, { hour: "2-digit", minute: "2-digit" }); }

  /* --- What the phone keeps -------------------------------------------------------------- */

  /* Two bases: signing out deletes the lists (see app.js), and no mark. */
  function open(name, stores) {
    return new Promise(function (resolve, reject) {
      var ask = indexedDB.open("zveno-door-" + name, 1);
      ask.onupgradeneeded = function () {
        stores.forEach(function (one) { ask.result.createObjectStore(one, { keyPath: "id" }); });
      };
      ask.onsuccess = function () {
        ask.result.onversionchange = function () { ask.result.close(); };
        resolve(ask.result);
      };
      ask.onerror = reject;
    });
  }
  function store(name, work) {
    return new Promise(function (resolve, reject) {
      var change = (name === "lists" ? lists : marks).transaction(name, "readwrite"), answer = work(change.objectStore(name));
      change.oncomplete = function () { resolve(answer && answer.result); };
      change.onerror = change.onabort = reject;
    });
  }
  function every(name) { return store(name, function (one) { return one.getAll(); }); }
  function put(name, value) { return store(name, function (one) { return one.put(value); }); }
  function drop(name, key) { return store(name, function (one) { return one.delete(key); }); }

  /* Whatever is older than a day goes with its key, of whichever event. */
  function sweep() {
    return every("lists").then(function (found) {
      return Promise.all(found.filter(function (one) { return one.until < Date.now(); })
        .map(function (one) { return drop("lists", one.id); }));
    });
  }
  function save() {
    var box = { id: event, until: taken + DAY, taken: taken, ahead: ahead, iv: crypto.getRandomValues(new Uint8Array(12)) };
    return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]).then(function (key) {
      box.key = key;
      return crypto.subtle.encrypt({ name: "AES-GCM", iv: box.iv }, key, new TextEncoder().encode(JSON.stringify(list)));
    }).then(function (sealed) {
      box.sealed = sealed;
      return put("lists", box);
    });
  }
  function load() {
    return store("lists", function (one) { return one.get(event); }).then(function (box) {
      if (!box) return null;
      return crypto.subtle.decrypt({ name: "AES-GCM", iv: box.iv }, box.key, box.sealed).then(function (plain) {
        list = JSON.parse(new TextDecoder().decode(plain));
        taken = box.taken;
        ahead = box.ahead;
      });
    });
  }
  function named() {
    return store("device", function (one) { return one.get(1); }).then(function (found) {
      device = found ? found.name : uuid();
      if (!found) return put("device", { id: 1, name: device });
    });
  }
  function uuid() {
    var random = crypto.getRandomValues(new Uint8Array(16));
    random[6] = random[6] % 16 + 64;
    random[8] = random[8] % 64 + 128;
    return text(random);
  }
  function text(key) {
    var s = "";
    key.forEach(function (n, i) { s += ([4, 6, 8, 10].indexOf(i) < 0 ? "" : "-") + (n + 256).toString(16).slice(1); });
    return s;
  }

  /* --- Marks ----------------------------------------------------------------------------- */

  function child(key) { return list && list.children.find(function (one) { return one.key === key; }); }
  /* A child as it stands with what this phone has not sent yet. */
  function stands(one) {
    var now = { came: one.came, left: one.left, marks: one.marks.slice() };
    queue.forEach(function (tap) {
      if (tap.place !== one.key) return;
      if (tap.kind === "taken_back") { now.came = now.left = null; now.marks = []; return; }
      now.marks.push(tap.id);
      if (tap.kind === "came") now.came = now.came || tap.at;
      else now.left = tap.at;
    });
    return now;
  }
  function note(place, kind, of) {
    var tap = { id: uuid(), event: event, place: place, kind: kind, at: new Date(Date.now() - ahead).toISOString() };
    if (of) tap.of = of;
    queue.push(tap);
    return put("queue", tap);
  }
  function mark(place, kind) {
    var one = child(place), work;
    if (kind === "taken_back") work = stands(one).marks.map(function (of) { return note(place, kind, of); });
    else work = [note(place, kind)];
    draw();
    Promise.all(work).then(send, function () { state("full", false); });
  }

  /* --- The network ----------------------------------------------------------------------- */

  function state(name, on) {
    var line = by("net");
    line.hidden = name === "on";
    by("net-words").textContent = line.dataset[name] || "";
    by("sign-in").hidden = name !== "out";
    line.toggleAttribute("data-on", !!on);
  }
  function late() {
    return new Promise(function (resolve, reject) { setTimeout(reject, PATIENCE); });
  }
  function call(address, options) {
    return Promise.race([fetch(address, options), late()]).then(function (answer) {
      if (answer.redirected || answer.status === 401) throw { name: "out" };
      if (!answer.ok) throw { name: answer.status === 403 || answer.status === 404 ? "closed" : "failed", status: answer.status };
      return answer.json();
    }, function () { throw { name: "off" }; });
  }
  function fetched() {
    var before = Date.now();
    return call(own + "list/").then(function (told) {
      var after = Date.now();
      ahead = Math.round((before + after) / 2 - Date.parse(told.now));
      list = told;
      taken = after;
      draw();
      return save();
    });
  }
  function sent() {
    var taps = queue.slice();
    if (!taps.length) return Promise.resolve();
    var told = taps.map(function (tap) {
      var one = { key: tap.id, place: tap.place, kind: tap.kind, at: tap.at };
      if (tap.of) one.of = tap.of;
      return one;
    });
    return call(own, {
      method: "POST",
      headers: { "X-CSRFToken": list.token },
      body: new URLSearchParams({ device: device, marks: JSON.stringify(told) })
    }).then(function (told) {
      var lost = taps.filter(function (tap) { return told.kept.indexOf(tap.id) < 0; });
      taps.forEach(function (tap) { settle(tap, lost.indexOf(tap) < 0); });
      if (lost.length) { by("lost").hidden = false; say("lost-count", lost.length); }
      draw();
      return Promise.all(taps.map(function (tap) { return drop("queue", tap.id); }));
    });
  }
  /* What the server has taken stands in the list from now on, until a new one comes. */
  function settle(tap, kept) {
    var one = child(tap.place);
    if (one && kept) {
      var now = stands(one);
      one.came = now.came;
      one.left = now.left;
      one.marks = now.marks;
    }
    queue = queue.filter(function (other) { return other !== tap; });
  }
  var busy = false, renew = true;
  function send(fresh) {
    if (busy) { asked = true; return; }
    busy = true;
    asked = false;
    /* A list of before this sign-in has another token: a new one comes first. */
    var first = list && !fresh && !renew ? sent() : fetched().then(sent);
    first.then(function () {
      if (Date.now() - taken > STALE) return fetched();
    }).then(function () {
      renew = false;
      state("on", true);
    }, function (fault) {
      state(fault && fault.name && by("net").dataset[fault.name] ? fault.name : "failed", false);
      renew = renew || !!fault && fault.status === 403;
    }).then(function () {
      busy = false;
      draw();
      if (asked) send();
    });
  }

  /* --- What is seen ---------------------------------------------------------------------- */

  function counts() {
    var here = list.children.filter(function (one) { return stands(one).came; }).length;
    say("came", here);
    say("of", list.children.length);
    say("taken-at", taken ? time(taken) : "");
    by("bar").setAttribute("width", list.children.length ? here / list.children.length * 100 : 0);
  }
  function fits(one) {
    var words = by("find").value.trim().toLowerCase();
    return (!shown || one.group === shown) && (!beside || one.key === beside) &&
      (!words || (one.name + " " + one.class).toLowerCase().indexOf(words) >= 0);
  }
  function row(one) {
    var item = clone("child"), now = stands(one), button = by("tap", item), leave = by("leave", item);
    by("name", item).textContent = one.name;
    by("class", item).textContent = one.class + " · " + (list.groups[one.group] || "");
    by("is-here", item).hidden = !now.came || !!now.left;
    by("is-gone", item).hidden = !now.left;
    by("no-photo", item).hidden = !one.unseen;
    button.setAttribute("aria-pressed", String(!!now.came));
    button.addEventListener("click", function () { mark(one.key, now.came ? "taken_back" : "came"); });
    leave.hidden = !now.came || !!now.left;
    by("leave-name", item).textContent = one.name;
    leave.addEventListener("click", function () { mark(one.key, "left"); });
    item.id = "p-" + one.key;
    return item;
  }
  function draw() {
    say("waits", queue.length);
    by("nothing").hidden = !!list;
    by("view").hidden = !list;
    if (!list) return;
    counts();
    var held = d.activeElement && d.activeElement.closest("[data-made]"), id = held && held.id;
    var rows = list.children.filter(fits), board = by("children");
    board.textContent = "";
    rows.forEach(function (one) { board.appendChild(row(one)); });
    by("nobody").hidden = rows.length > 0;
    by("all").hidden = !shown && !beside;
    if (id && d.getElementById(id)) by("tap", d.getElementById(id)).focus();
  }
  function result(kind, one, words) {
    var box = by("result"), told = clone(kind);
    box.dataset.r = kind === "dup" || kind === "strange" ? "dup" : kind;
    if (one) by("who", told).textContent = one.name + ", " + one.class + " · " + (list.groups[one.group] || "");
    if (words) by("more", told).textContent = words;
    box.textContent = "";
    box.appendChild(told);
    box.hidden = false;
    if (navigator.vibrate) navigator.vibrate(kind === "ok" ? 60 : [120, 80, 120]);
    beep(kind === "ok" ? 880 : 220);
  }
  var sound;
  function beep(tone) {
    if (!window.AudioContext) return;
    sound = sound || new AudioContext();
    var voice = sound.createOscillator(), loud = sound.createGain();
    voice.frequency.value = tone;
    loud.gain.value = 0.1;
    voice.connect(loud);
    loud.connect(sound.destination);
    voice.start();
    voice.stop(sound.currentTime + 0.12);
  }

  /* --- Codes ----------------------------------------------------------------------------- */

  function bytes(said) {
    var plain = atob(said.replace(/-/g, "+").replace(/_/g, "/")), found = new Uint8Array(plain.length);
    for (var i = 0; i < plain.length; i++) found[i] = plain.charCodeAt(i);
    return found;
  }
  /* Reads a code: what it names and its key if it was given for this event, else nothing. */
  function known(said) {
    var found = /\/check\/code\/([cg])\/([\w-]{32})\/$/.exec(said);
    if (!found) return Promise.resolve(null);
    var whole = bytes(found[2]), key = whole.slice(0, 16), told = new Uint8Array(17);
    told[0] = found[1].charCodeAt(0);
    told.set(key, 1);
    return crypto.subtle.importKey("raw", bytes(list.entrance), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]).then(function (secret) {
      return crypto.subtle.sign("HMAC", secret, told);
    }).then(function (proof) {
      var right = new Uint8Array(proof), same = true;
      for (var i = 0; i < 8; i++) same = same && right[i] === whole[16 + i];
      return same ? { names: found[1], key: text(key) } : null;
    });
  }
  function scanned(said) {
    return known(said).then(function (code) {
      if (!code) { result("strange"); return; }
      if (code.names === "g") { choose(code.key, ""); return; }
      var one = child(code.key), now = one && stands(one);
      if (now && now.came) { result("dup", one, time(now.came)); return; }
      result(one ? "ok" : "unk", one);
      if (!one && queue.some(function (tap) { return tap.place === code.key; })) return;
      mark(code.key, "came");
    });
  }
  function choose(group, key) {
    shown = group;
    beside = key;
    draw();
    by("children").scrollIntoView({ block: "start" });
  }

  /* --- The camera ------------------------------------------------------------------------ */

  var video = by("video"), canvas = d.createElement("canvas"), last = "", seen = 0, stream = null;
  function script(address) {
    return new Promise(function (resolve, reject) {
      var one = d.createElement("script");
      one.src = address;
      one.onload = resolve;
      one.onerror = reject;
      d.head.appendChild(one);
    });
  }
  /* The browser's own reader where it has one, else the one that came with the page. */
  function reader() {
    var none = Promise.resolve([]), kinds = window.BarcodeDetector ? BarcodeDetector.getSupportedFormats() : none;
    return kinds.catch(function () { return []; }).then(function (found) {
      if (found.indexOf("qr_code") >= 0) {
        var detector = new BarcodeDetector({ formats: ["qr_code"] });
        return function () { return detector.detect(video).then(function (codes) { return codes.length ? codes[0].rawValue : ""; }); };
      }
      return (window.jsQR ? Promise.resolve() : script(main.dataset.reader)).then(function () { return look; });
    });
  }
  function look() {
    var scale = Math.min(1, WIDE / video.videoWidth), w = Math.round(video.videoWidth * scale), h = Math.round(video.videoHeight * scale);
    canvas.width = w;
    canvas.height = h;
    var brush = canvas.getContext("2d", { willReadFrequently: true });
    brush.drawImage(video, 0, 0, w, h);
    var code = window.jsQR(brush.getImageData(0, 0, w, h).data, w, h);
    return Promise.resolve(code ? code.data : "");
  }
  function watch(read) {
    if (!stream) return;
    var next = function () { setTimeout(watch, LOOK, read); };
    if (!video.videoWidth || !list) { next(); return; }
    read().then(function (said) {
      var now = Date.now();
      if (!said || said === last && now - seen < PAUSE) return;
      last = said;
      seen = now;
      return scanned(said);
    }).then(next, next);
  }
  function camera(on) {
    if (!on) {
      if (stream) stream.getTracks().forEach(function (track) { track.stop(); });
      stream = null;
    }
    by("camera").hidden = !on;
    by("scan").setAttribute("aria-pressed", String(on));
    by("no-camera").hidden = true;
    if (!on) return;
    navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).then(function (found) {
      stream = video.srcObject = found;
      return video.play();
    }).then(reader).then(watch).catch(function () {
      camera(false);
      by("no-camera").hidden = false;
    });
  }

  /* --- The beginning --------------------------------------------------------------------- */

  function keepPage() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.register(main.dataset.worker).then(function () { return caches.open("zveno-door"); }).then(function (cache) {
      var files = performance.getEntriesByType("resource").map(function (one) { return one.name; })
        .filter(function (name) { return name.indexOf(location.origin + main.dataset.files) === 0; });
      return cache.addAll(files.concat([location.origin + own, main.dataset.home, main.dataset.reader, main.dataset.sprite]));
    }).then(function () { by("kept").hidden = false; }, function () {});
  }
  function begin() {
    by("find").addEventListener("input", draw);
    by("all").addEventListener("click", function () { choose("", ""); });
    by("send").addEventListener("click", function () { send(true); });
    by("scan").addEventListener("click", function () { camera(!stream); });
    addEventListener("online", function () { send(); });
    addEventListener("offline", function () { state("off", false); });
    addEventListener("pagehide", function () { camera(false); });
    var named = /^#([cg])-([0-9a-f-]{36})$/.exec(location.hash);
    if (named) choose(named[1] === "g" ? named[2] : "", named[1] === "c" ? named[2] : "");
    setInterval(function () {
      sweep();
      if (taken && Date.now() - taken > DAY) { list = null; taken = 0; draw(); }
      if (!d.hidden) send();
    }, AGAIN);
    keepPage();
    send();
  }

  if (!window.indexedDB || !window.crypto || !crypto.subtle) {
    by("nothing").hidden = true;
    by("cannot").hidden = false;
    return;
  }
  Promise.all([open("lists", ["lists"]), open("marks", ["queue", "device"])]).then(function (found) {
    lists = found[0];
    marks = found[1];
    return sweep();
  }).then(named).then(load).then(function () { return every("queue"); }).then(function (found) {
    queue = found.filter(function (tap) { return tap.event === event; }).sort(function (a, b) { return a.at < b.at ? -1 : 1; });
    draw();
    begin();
  }).catch(function () {
    by("nothing").hidden = true;
    by("cannot").hidden = false;
  });
})();
