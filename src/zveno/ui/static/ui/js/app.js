/* Behaviour of every page. No dependencies; each feature improves HTML that works without it. */
(function () {
  "use strict";
  var d = document, root = d.documentElement;

  function all(selector, within) { return Array.prototype.slice.call((within || d).querySelectorAll(selector)); }
  function on(event, selector, react) {
    d.addEventListener(event, function (e) {
      var found = e.target.closest && e.target.closest(selector);
      if (found) react(found, e);
    });
  }

  /* View: shown at once and kept in the cookie that the server reads */
  on("change", "[data-view] input", function (input) {
    var view = all(":checked", input.form).map(function (x) { return x.name + ":" + x.value; });
    root.dataset[input.name] = input.value;
    window.zvenoFit();
    d.cookie = "zveno-view=" + view.join(".") + ";path=/;max-age=31536000;samesite=lax" +
      (location.protocol === "https:" ? ";secure" : "");
  });

  /* Dialogs: the native element traps focus, closes on Esc and gives focus back */
  on("click", "[data-open]", function (opener, e) {
    var box = d.getElementById(opener.dataset.open);
    if (box) { e.preventDefault(); box.showModal(); }
  });
  on("click", "[data-close]", function (closer) { closer.closest("dialog").close(); });
  d.addEventListener("click", function (e) { if (e.target.nodeName === "DIALOG") e.target.close(); });

  /* Find or do: Ctrl K by the place of the key, so in any layout; arrows walk, Enter opens */
  var palette = d.getElementById("palette");
  function found() { return all("[role=option]", palette); }
  function point(n) {
    var rows = found(), box = palette.querySelector("[role=combobox]"), at = rows.length ? (n + rows.length) % rows.length : -1;
    rows.forEach(function (row, i) { row.setAttribute("aria-selected", String(i === at)); });
    box.setAttribute("aria-activedescendant", at < 0 ? "" : rows[at].id);
    if (at >= 0) rows[at].scrollIntoView({ block: "nearest" });
  }
  function count() {
    var list = palette.querySelector("[data-found]");
    palette.querySelector("[role=status]").textContent = list ? list.dataset.found : "";
    point(0);
  }
  if (palette) {
    palette.addEventListener("keydown", function (e) {
      var rows = found(), at = rows.findIndex(function (row) { return row.getAttribute("aria-selected") === "true"; });
      var step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (step) { e.preventDefault(); point(at + step); }
      if (e.key === "Enter" && rows[at]) { e.preventDefault(); rows[at].click(); }
    });
    palette.addEventListener("htmx:afterSettle", count);
    d.addEventListener("keydown", function (e) {
      if (!(e.ctrlKey || e.metaKey) || e.code !== "KeyK" || palette.open) return;
      e.preventDefault();
      palette.showModal();
      palette.querySelector("[role=combobox]").select();
    });
    count();
  }

  /* Menus made of <details> close on Esc and on a press outside */
  d.addEventListener("click", function (e) {
    all("details.menu[open]").forEach(function (m) { if (!m.contains(e.target)) m.open = false; });
  });
  d.addEventListener("keydown", function (e) {
    var menu = e.key === "Escape" && d.activeElement.closest("details.menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });

  /* Toasts leave after eight seconds; not while a pointer or the focus rests on them */
  function leave(toast) {
    var timer, stop = function () { clearTimeout(timer); };
    var start = function () { stop(); timer = setTimeout(function () { toast.remove(); }, 8000); };
    ["mouseenter", "focusin"].forEach(function (name) { toast.addEventListener(name, stop); });
    ["mouseleave", "focusout"].forEach(function (name) { toast.addEventListener(name, start); });
    toast.dataset.timed = "";
    start();
  }
  function settle() { all(".toast:not([data-timed])").forEach(leave); }
  function say(words) {
    var toast = d.createElement("div"), text = d.createElement("span");
    toast.className = "toast toast--bad";
    text.textContent = words;
    toast.appendChild(text);
    d.getElementById("toasts").appendChild(toast);
    settle();
  }

  /* A refused or failed fragment: say what the server said, else what happened */
  d.addEventListener("htmx:responseError", function (e) {
    var page = new DOMParser().parseFromString(e.detail.xhr.responseText, "text/html");
    var words = page.querySelector("[data-problem]");
    say(words ? words.textContent.trim() : d.getElementById("toasts").dataset.failed);
  });
  d.addEventListener("htmx:sendError", function () { say(d.getElementById("toasts").dataset.offline); });

  /* Focus goes to what must be read first: an error summary, else an asked-for heading */
  function focusFirst(within) {
    var target = all("[data-errsum], [data-focus]", within)[0];
    if (target) { target.tabIndex = -1; target.focus(); }
  }
  d.addEventListener("htmx:afterSettle", function (e) { settle(); focusFirst(e.detail.elt); });

  /* Rows mended in place: data-ok is the pattern of a good value; the server has the last word */
  on("input", "[data-ok]", function (input) {
    var good = new RegExp(input.dataset.ok, "u").test(input.value.trim());
    var row = input.closest("tr"), error = d.getElementById(input.getAttribute("aria-describedby"));
    input.setAttribute("aria-invalid", String(!good));
    if (error) error.hidden = good;
    if (row) row.classList.toggle("is-bad", !!row.querySelector("[aria-invalid=true]"));
    var left = all("[aria-invalid=true][data-ok]").length, counter = d.querySelector("[data-left]");
    if (counter) counter.textContent = left ? counter.dataset.left.replace("%", left) : counter.dataset.none;
  });

  /* Small helpers */
  on("change", ".choice input", function (input) {
    all(".choice input").forEach(function (x) {
      if (x.name === input.name) x.closest(".choice").classList.toggle("is-on", x.checked);
    });
  });
  /* Rows chosen by boxes: the box in the head has three states; the bar of what can be done with
     the chosen ones takes the place of the tools above */
  function tally(box) {
    var list = box.closest("[data-select]") || box.closest("form, section");
    if (!list) return;
    var head = list.querySelector("[data-all]"), bar = list.querySelector(".bulk");
    var boxes = all("input[type=checkbox]:not([data-all]):not(:disabled)", list), n = 0;
    if (box === head) boxes.forEach(function (x) { x.checked = head.checked; });
    boxes.forEach(function (x) {
      n += x.checked;
      if (bar && x.closest("tr")) x.closest("tr").classList.toggle("is-sel", x.checked);
    });
    if (head) {
      head.checked = n > 0 && n === boxes.length;
      head.indeterminate = n > 0 && n < boxes.length;
    }
    if (!bar) return;
    bar.hidden = !n;
    all(".tools:not(.bulk)", list).forEach(function (x) { x.hidden = n > 0; });
    all("[data-ticked]", list).forEach(function (x) {
      x.textContent = n ? x.dataset.ticked.replace("%", n) : "";
    });
  }
  on("change", "input[type=checkbox]", tally);
  all("[data-select] [data-all]").forEach(tally);

  on("click", "[data-password]", function (button) {
    var input = d.getElementById(button.dataset.password), hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    button.setAttribute("aria-pressed", String(hidden));
  });
  /* Whoever signs out leaves no list of children on the phone */
  on("submit", "[data-forgets]", function (form) {
    if (window.indexedDB) indexedDB.deleteDatabase(form.dataset.forgets);
  });
  on("click", "[data-print]", function () { window.print(); });
  on("click", "[data-copy]", function (button) {
    var input = d.getElementById(button.dataset.copy), label = button.querySelector("span");
    input.select();
    if (d.execCommand("copy")) label.textContent = button.dataset.done; /* works over plain http too */
  });

  /* A form is sent once, however impatient the finger */
  on("submit", "form[method=post]", function (form, e) {
    if (form.hasAttribute("aria-busy")) { e.preventDefault(); return; }
    if (form.hasAttribute("hx-post")) return;
    form.setAttribute("aria-busy", "true");
    setTimeout(function () { form.removeAttribute("aria-busy"); }, 8000); /* the answer was a file */
  });
  addEventListener("pageshow", function () {
    all("form[aria-busy]").forEach(function (form) { form.removeAttribute("aria-busy"); });
  });

  /* Screen readers announce what comes into a live region, not what was in it from the start */
  all(".toast").forEach(function (toast) {
    var box = toast.parentNode;
    toast.remove();
    setTimeout(function () { box.appendChild(toast); settle(); }, 100);
  });
  focusFirst(d);

  /* What opens later waits by the server's clock: the page need not be loaded again */
  all("[data-opens-in]").forEach(function (button) {
    var opens = Date.now() + button.dataset.opensIn * 1000, left = d.querySelector("[data-left]");
    function two(n) { return String(n).padStart(2, "0"); }
    (function tick() {
      var s = Math.max(0, Math.ceil((opens - Date.now()) / 1000));
      button.disabled = s > 0;
      left.textContent = s ? Math.floor(s / 3600) + ":" + two(Math.floor(s / 60) % 60) + ":" + two(s % 60) : "";
      if (s) setTimeout(tick, 500);
    })();
  });
})();
