/* Choosing one of many: the list of a combobox as one types. Without script the form finds it. */
(function () {
  "use strict";
  var d = document;
  Array.prototype.forEach.call(d.querySelectorAll("[data-combo]"), function (field) {
    var input = field.querySelector("input"), list = field.querySelector("[role=listbox]");
    var status = field.querySelector("[role=status]"), timer, asked = 0, url = field.dataset.combo;

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function rows() { return Array.prototype.slice.call(list.querySelectorAll("[role=option]")); }
    function pointed() { return rows().findIndex(function (row) { return row.getAttribute("aria-selected") === "true"; }); }
    function open(yes) {
      list.hidden = !yes;
      input.setAttribute("aria-expanded", String(yes));
      if (!yes) input.setAttribute("aria-activedescendant", "");
    }
    function point(n) {
      var all = rows(), at = all.length ? (n + all.length) % all.length : -1;
      all.forEach(function (row, i) { row.setAttribute("aria-selected", String(i === at)); });
      input.setAttribute("aria-activedescendant", at < 0 ? "" : all[at].id);
      if (at >= 0) all[at].scrollIntoView({ block: "nearest" });
    }
    function keep(key) {
      var found = field.querySelector(".combo__found"), hidden = field.querySelector("input[type=hidden]");
      if (found) found.remove();
      if (!hidden) {
        hidden = d.createElement("input");
        hidden.type = "hidden";
        hidden.name = input.name + "-key";
        field.appendChild(hidden);
      }
      hidden.value = key;
    }
    function choose(row) {
      input.value = row.dataset.words;
      keep(row.dataset.key);
      open(false);
      input.focus();
    }
    function ask() {
      var number = ++asked, call = new XMLHttpRequest();
      if (!input.value.trim()) { open(false); return; }
      call.open("GET", url + "?q=" + encodeURIComponent(input.value));
      call.onload = function () {
        if (number !== asked || call.status !== 200) return;
        list.innerHTML = call.responseText;
        status.textContent = list.querySelector("[data-found]").dataset.found;
        open(true);
        point(0);
      };
      call.send();
    }
    input.addEventListener("input", function () {
      keep("");
      clearTimeout(timer);
      timer = setTimeout(ask, 200);
    });
    input.addEventListener("keydown", function (e) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[e.key], row = rows()[pointed()];
      if (step && list.hidden) { e.preventDefault(); ask(); }
      else if (step) { e.preventDefault(); point(pointed() + step); }
      else if (list.hidden) return;
      else if (e.key === "Escape") { e.preventDefault(); open(false); }
      else if (e.key === "Enter" && row) { e.preventDefault(); choose(row); }
    });
    input.addEventListener("blur", function () { open(false); });
    list.addEventListener("mousedown", function (e) {
      var row = e.target.closest("[role=option]");
      e.preventDefault();
      if (row) choose(row);
    });
  });
})();
