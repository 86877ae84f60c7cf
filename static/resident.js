// Every page works without this file. Nothing is stored, and no ballot is kept for later.
(function () {
  "use strict";
  var doc = document;

  function say(form, text) {
    var box = form.querySelector("[data-said]");
    if (!box) {
      box = doc.createElement("p");
      box.className = "note bad";
      box.setAttribute("role", "alert");
      box.setAttribute("data-said", "");
      var row = form.querySelector(".acts") || form.querySelector(".btn");
      row.parentNode.insertBefore(box, row);
    }
    box.textContent = text;
  }

  function label(form, text) {
    var button = form._by || form.querySelector("button.btn");
    if (!button._text) button._text = button.textContent;
    button.textContent = text || button._text;
    return button;
  }

  function ready(form) {
    form._sent = false;
    label(form).removeAttribute("aria-disabled");
  }

  doc.addEventListener("submit", function (event) {
    var form = event.target, words = form.dataset;
    if (!("once" in words)) return;
    if (form._sent) return event.preventDefault();
    form._by = event.submitter;
    if (navigator.onLine === false) {
      event.preventDefault();
      say(form, words.offline);
      label(form, words.retry);
      addEventListener("online", function () { say(form, words.online); }, { once: true });
      return;
    }
    form._sent = true;
    setTimeout(function () { label(form, words.sending).setAttribute("aria-disabled", "true"); });
      setTimeout(function () { ready(form); label(form, words.retry); }, 20000);
  });

  // Coming back with the browser's button finds the form usable again.
  addEventListener("pageshow", function (event) {
    if (event.persisted) doc.querySelectorAll("form[data-once]").forEach(ready);
  });

  var errors = doc.getElementById("error-summary");
  if (errors) errors.focus();

  // Reading aloud, only where a Vietnamese voice exists (never inside Zalo).
  var place = doc.querySelector("[data-read]"), speech = window.speechSynthesis;
  function offer() {
    var voice = speech.getVoices().filter(function (v) { return /^vi/i.test(v.lang); })[0];
    if (!voice || place.firstChild) return;
    var button = doc.createElement("button"), words = place.dataset;
    button.type = "button";
    button.className = "btn alt";
    button.textContent = words.start;
    button.onclick = function () {
      var reading = speech.speaking;
      speech.cancel();
      button.textContent = reading ? words.start : words.stop;
      if (reading) return;
      var text = new SpeechSynthesisUtterance(doc.getElementById(words.read).innerText);
      text.voice = voice;
      text.lang = "vi-VN";
      text.onend = function () { button.textContent = words.start; };
      speech.speak(text);
    };
    place.appendChild(button);
    place.hidden = false;
  }
  if (place && speech && speech.getVoices) {
    offer();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  }
})();
