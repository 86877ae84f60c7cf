// Keys for who moderates all day; everything is also done by the forms of the page. Keys are named by their place on
// the keyboard, and sleep while somebody types: a Telex keyboard swallows letters. Whether they are on stays here.
(function () {
  "use strict";
  var doc = document, kept = "danban-keys";
  var bar = doc.querySelector("[data-keys]"), dialog = doc.getElementById("keys");
  if (!bar || !dialog || !dialog.showModal) return;
  var choices = { Digit2: "reject", Digit3: "redact", Digit4: "refer" };
  var toggle = bar.querySelector("[data-switch]");

  function on() { return localStorage.getItem(kept) !== "off"; }
  function show() {
    toggle.textContent = on() ? bar.dataset.off : bar.dataset.on;
    doc.querySelectorAll("main kbd").forEach(function (key) {
      if (!dialog.contains(key)) key.hidden = !on();
    });
  }
  toggle.addEventListener("click", function () {
    localStorage.setItem(kept, on() ? "off" : "on");
    show();
  });
  bar.querySelector("[data-help]").addEventListener("click", function () { dialog.showModal(); });
  dialog.querySelector("[data-close]").addEventListener("click", function () { dialog.close(); });

  function typing(element) {
    if (element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName)) return true;
    return element.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(element.type);
  }

  // A decision that needs more words is chosen, and the first thing it asks for is in focus; nothing is sent yet.
  function choose(value) {
    var radio = doc.querySelector('main [name=verb][type=radio][value="' + value + '"]');
    if (!radio) return false;
    radio.click();
    var asked = radio.parentNode.querySelector(".reveal :is(input, select, textarea)");
    (asked || radio).focus();
    return true;
  }

  doc.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (dialog.open || typing(event.target) || !on()) return;
    if (event.key === "?") {
      dialog.showModal();
      return event.preventDefault();
    }
    if (event.shiftKey) return;
    var code = event.code.replace("Numpad", "Digit"), target = doc.querySelector('main [data-key="' + code + '"]');
    if (target) target.click();
    if (target || (choices[code] && choose(choices[code]))) event.preventDefault();
  });

  bar.hidden = false;
  show();
})();
