/* Keys of devices: asks the browser for what the server asks, and sends the answer in a form. */
(function () {
  "use strict";

  function bytes(text) {
    var plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, function (sign) { return sign.charCodeAt(0); });
  }

  function text(buffer) {
    var plain = Array.from(new Uint8Array(buffer), function (one) { return String.fromCharCode(one); }).join("");
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function listed(keys) {
    return (keys || []).map(function (key) { return Object.assign({}, key, { id: bytes(key.id) }); });
  }

  function asked(options) {
    var wanted = Object.assign({}, options.publicKey);
    wanted.challenge = bytes(wanted.challenge);
    if (wanted.user) wanted.user = Object.assign({}, wanted.user, { id: bytes(wanted.user.id) });
    wanted.excludeCredentials = listed(wanted.excludeCredentials);
    wanted.allowCredentials = listed(wanted.allowCredentials);
    return { publicKey: wanted };
  }

  function told(key) {
    var response = { clientDataJSON: text(key.response.clientDataJSON) };
    ["attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (part) {
      if (key.response[part]) response[part] = text(key.response[part]);
    });
    return JSON.stringify({
      id: key.id, rawId: text(key.rawId), type: key.type, response: response,
      clientExtensionResults: key.getClientExtensionResults()
    });
  }

  function ready(form) {
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var failed = form.querySelector("[data-failed]");
      failed.hidden = true;
      fetch(form.dataset.options, {
        method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value }
      }).then(function (answer) { return answer.json(); }).then(function (options) {
        return navigator.credentials[form.dataset.key](asked(options));
      }).then(function (key) {
        form.elements.credential.value = told(key);
        form.submit();
      }).catch(function () { failed.hidden = false; });
    });
  }

  if (window.PublicKeyCredential) document.querySelectorAll("form[data-key]").forEach(ready);
})();
