// Keeps what is being written about a draft on this phone until it is sent. The page works without this file.
(function () {
  "use strict";
  var doc = document, week = 7 * 864e5, most = 8000, prefix = "gop-y ", kept;
  try { kept = window.localStorage; kept.getItem(prefix); } catch (refused) { return; }

  var sent = doc.querySelector("[data-sent]");
  if (sent) kept.removeItem(prefix + sent.dataset.sent);

  // What nobody came back for is thrown away.
  Object.keys(kept).forEach(function (name) {
    if (name.indexOf(prefix) === 0 && !read(name)) kept.removeItem(name);
  });

  var box = doc.querySelector("[data-draft]");
  if (!box) return;
  var form = box.form, words = box.dataset, key = prefix + words.draft, found = read(key);
  var line = doc.createElement("p");
  line.className = "hint";
  line.setAttribute("role", "status");
  box.parentNode.appendChild(line);

  function read(name) {
    try {
      var held = JSON.parse(kept.getItem(name));
      return held && Date.now() - held.at < week ? held : null;
    } catch (broken) { return null; }
  }

  function chosen() {
    return form.querySelector("[name=stance]:checked");
  }

  function keep() {
    var stance = chosen();
    if (!box.value.trim()) return kept.removeItem(key);
    try {
      kept.setItem(key, JSON.stringify({ text: box.value.slice(0, most), stance: stance && stance.value, at: Date.now() }));
      line.textContent = words.kept;
    } catch (full) { line.textContent = ""; }
  }

  var row = doc.createElement("div");
  row.className = "row";
  box.parentNode.appendChild(row);

  function button(label, act) {
    var made = doc.createElement("button");
    made.type = "button";
    made.className = "btn alt";
    made.textContent = label;
    made.onclick = function () { act(); line.textContent = row.textContent = ""; box.focus(); };
    return made;
  }

  if (found && found.text !== box.value && !box.value) {
    line.textContent = words.offer;
    row.appendChild(button(words.take, function () {
      var stance = form.querySelector('[name=stance][value="' + found.stance + '"]');
      box.value = found.text;
      if (stance) stance.checked = true;
      box.dispatchEvent(new Event("input"));
    }));
    row.appendChild(button(words.drop, function () { kept.removeItem(key); }));
  }
  var waiting;
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(keep, 400); });
  addEventListener("pagehide", function () { if (box.value.trim()) keep(); });
})();
