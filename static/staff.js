// Improvements only: every staff page works without this file. Nothing is ever stored in the browser.
(function () {
  "use strict";
  var doc = document;

  var errors = doc.getElementById("error-summary");
  if (errors) errors.focus();

  // One press, one act.
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form._sent) return event.preventDefault();
    form._sent = true;
    setTimeout(function () { form._sent = false; }, 8000);
  });
  addEventListener("pageshow", function () {
    doc.querySelectorAll("form").forEach(function (form) { form._sent = false; });
  });

  // How many characters are left; typing is never stopped.
  doc.querySelectorAll("[data-limit]").forEach(function (box) {
    var line = doc.getElementById(box.id + "-count");
    function count() {
      var left = box.dataset.limit - Array.from(box.value.normalize("NFC").replace(/\r?\n/g, "\r\n")).length;
      line.classList.toggle("over", left < 0);
      line.textContent = (left < 0 ? box.dataset.over : box.dataset.left).replace("{n}", Math.abs(left));
    }
    box.addEventListener("input", count);
    count();
  });

  // Searching inside a table, with or without diacritics.
  function fold(text) {
    return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  doc.querySelectorAll("[data-filter]").forEach(function (frame) {
    var table = doc.getElementById(frame.dataset.filter);
    var rows = Array.from(table.tBodies[0].rows), texts = rows.map(function (row) { return fold(row.textContent); });
    var box = frame.querySelector("input"), found = frame.querySelector("[data-found]");
    box.addEventListener("input", function () {
      var words = fold(box.value).split(/\s+/), n = 0;
      rows.forEach(function (row, i) {
        row.hidden = !words.every(function (word) { return texts[i].includes(word); });
        n += row.hidden ? 0 : 1;
      });
      found.textContent = found.dataset.found.replace("{n}", n);
    });
    frame.hidden = false;
  });

  // The wall of the community house: the same page again, without a flicker.
  var wall = doc.querySelector("[data-refresh]");
  if (wall) setInterval(function () {
    fetch(location.href, { cache: "no-store" }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      var fresh = text && new DOMParser().parseFromString(text, "text/html").querySelector("[data-refresh]");
      if (fresh) wall.replaceChildren.apply(wall, Array.from(fresh.childNodes));
    }, function () { /* no network for a moment: the last number stays, with its time */ });
  }, wall.dataset.refresh * 1000);
})();
