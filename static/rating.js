// Ratings that find no network wait on this phone and are sent later, each once. The page works without this file.
(function () {
  "use strict";
  var doc = document, week = 7 * 864e5, patience = 15000, began = Date.now(), sending = false;
  var box = doc.querySelector("[data-rating]"), form = box && box.querySelector("form"), words = box && box.dataset;

  // A picture is made smaller before it travels.
  doc.querySelectorAll("input[data-shrink]").forEach(function (input) {
    input.addEventListener("change", function () { shrink(input, +input.dataset.shrink); });
  });

  function shrink(input, most) {
    var file = input.files[0];
    if (!file || !window.createImageBitmap || !window.DataTransfer) return;
    createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var part = Math.min(1, most / Math.max(picture.width, picture.height)), canvas = doc.createElement("canvas");
      if (part === 1 && file.size < 3e5) return;
      canvas.width = Math.round(picture.width * part);
      canvas.height = Math.round(picture.height * part);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) {
        if (!blob || input.files[0] !== file) return;
        var held = new DataTransfer();
        held.items.add(new File([blob], "anh.jpg", { type: "image/jpeg" }));
        input.files = held.files;
      }, "image/jpeg", 0.82);
    }).catch(function () { /* Not a picture this browser reads: it travels as it is, and is looked at there. */ });
  }

  // A tablet is ready for the next person a while after the last touch.
  var reset = doc.querySelector("[data-reset]"), left;
  function wait() {
    clearTimeout(left);
    left = setTimeout(function () { location.replace(reset.dataset.reset); }, reset.dataset.seconds * 1000);
  }
  if (reset) {
    wait();
    ["pointerdown", "keydown"].forEach(function (touch) { doc.addEventListener(touch, wait); });
  }
  if (!form) return;
  if (words.scan && navigator.sendBeacon) navigator.sendBeacon(words.scan);

  // One row for each rating that waits, under the token of its page: {id, url, body, made}.
  function store(mode, act) {
    return new Promise(function (done, fail) {
      var ask = indexedDB.open("danh-gia", 1);
      ask.onupgradeneeded = function () { ask.result.createObjectStore("waiting", { keyPath: "id" }); };
      ask.onerror = function () { fail(ask.error); };
      ask.onsuccess = function () {
        var base = ask.result, work = base.transaction("waiting", mode), answer = act(work.objectStore("waiting"));
        work.oncomplete = function () { base.close(); done(answer && answer.result); };
        work.onerror = work.onabort = function () { base.close(); fail(work.error); };
      };
    });
  }
  function put(one) { return store("readwrite", function (all) { return all.put(one); }); }
  function drop(id) { return store("readwrite", function (all) { return all.delete(id); }); }
  function waiting() { return store("readonly", function (all) { return all.getAll(); }).catch(function () { return []; }); }

  function send(one) {
    var stop = window.AbortController ? new AbortController() : null, body = new URLSearchParams(one.body);
    var timer = setTimeout(function () { if (stop) stop.abort(); }, patience);
    body.set("made_at", one.made);
    body.set("sent_at", Date.now());
    return fetch(one.url, { method: "POST", body: body, credentials: "same-origin", signal: stop && stop.signal })
      .then(function (answer) {
        clearTimeout(timer);
        // A busy or broken service is asked again later; any other answer is its last word.
        if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Error(answer.status);
        if (answer.headers.get("X-Rating") === "saved") say(words.saved, "good");
        return answer.text().then(function (text) { return { ok: answer.ok, text: text }; });
      });
  }

  function show(text) {
    doc.open();
    doc.write(text);
    doc.close();
    scrollTo(0, 0);
  }

  var strip;
  function say(text, kind, buttons) {
    if (!strip) {
      strip = doc.createElement("div");
      strip.setAttribute("role", "status");
      box.appendChild(strip);
    }
    strip.className = "note waits " + kind;
    strip.textContent = "";
    var line = doc.createElement("p");
    line.textContent = text;
    strip.appendChild(line);
    var row = doc.createElement("div");
    row.className = "row";
    (buttons || []).forEach(function (one) {
      var made = doc.createElement("button");
      made.type = "button";
      made.className = "btn alt";
      made.textContent = one[0];
      made.onclick = one[1];
      row.appendChild(made);
    });
    strip.appendChild(row);
    // It stands below the faces and comes into sight late: the second tap of a double one must not meet its buttons.
    var shown = strip;
    setTimeout(function () { shown.scrollIntoView({ block: "nearest" }); }, 700);
  }

  function tell(all, kept) {
    if (!all.length) return;
    var text = words.waiting.replace("{n}", all.length);
    say(kept ? words.kept + " " + text : text, "warn", [
      [words.send, flush],
      [words.drop, function () {
        Promise.all(all.map(function (one) { return drop(one.id); })).then(function () { strip.remove(); strip = null; });
      }]
    ]);
  }

  // Everything that waits, one after another; two pages at once send the same numbers, which count once.
  function flush() {
    // A tablet keeps nothing; what it said of a lost network is over.
    if (words.kiosk && strip) { strip.remove(); strip = null; }
    if (sending || words.kiosk) return Promise.resolve();
    sending = true;
    var own = form.elements.token.value;
    return waiting().then(function (all) {
      return all.reduce(function (before, one) {
        return before.then(function () {
          if (Date.now() - one.made > week) return drop(one.id);
          return send(one).then(function (answer) {
            return drop(one.id).then(function () {
              if (one.id === own) show(answer.text);
              else say(answer.ok ? words.sent : words.refused, answer.ok ? "good" : "warn");
            });
          }, function () { /* Still no network: it goes on waiting. */ });
        });
      }, Promise.resolve());
    }).then(waiting).then(function (left) { sending = false; tell(left); }, function () { sending = false; });
  }

  function ready() {
    form._sent = false;
    form.querySelectorAll("[aria-disabled]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
  }

  form.addEventListener("submit", function (event) {
    if (!window.fetch || !window.indexedDB || !event.submitter) return;
    event.preventDefault();
    if (form._sent) return;
    form._sent = true;
    event.submitter.setAttribute("aria-disabled", "true");
    var body = [["level", event.submitter.value], ["token", form.elements.token.value], ["took_ms", Date.now() - began],
      ["screen", screen.width + "x" + screen.height], ["locale", navigator.language || ""]];
    var one = { id: form.elements.token.value, url: form.getAttribute("action"), body: body, made: Date.now() };
    if (words.kiosk) {
      send(one).then(function (answer) { show(answer.text); }, function () { ready(); say(words.offline, "warn"); });
      return;
    }
    // Kept while it travels: a page closed meanwhile loses nothing.
    var kept = put(one).then(function () { return true; }, function () { return false; });
    send(one).then(function (answer) {
      kept.then(function (held) { if (held) drop(one.id); });
      show(answer.text);
    }, function () {
      ready();
      kept.then(function (held) {
        if (!held) return say(words.offline, "bad");
        waiting().then(function (all) { tell(all, true); });
      });
    });
  });

  addEventListener("online", flush);
  doc.addEventListener("visibilitychange", function () { if (!doc.hidden) flush(); });
  addEventListener("pageshow", function (event) { if (event.persisted) { ready(); flush(); } });
  flush();
})();
