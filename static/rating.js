// Ratings, and words added to them, that find no network wait on this phone and are sent later, each once. The page
// works without this file.
(function () {
  "use strict";
  var doc = document, week = 7 * 864e5, most = 3e5, began = Date.now(), sending = false, over = false;
  var box = doc.querySelector("[data-rating]"), form = box && box.querySelector("form"), words = box && box.dataset;

  // A picture is made smaller before it travels.
  doc.querySelectorAll("input[data-shrink]").forEach(function (input) {
    input.addEventListener("change", function () { shrink(input, +input.dataset.shrink); });
  });

  function shrink(input, side) {
    var file = input.files[0];
    if (!file || !window.createImageBitmap || !window.DataTransfer) return;
    createImageBitmap(file, { imageOrientation: "from-image" }).then(function (picture) {
      var part = Math.min(1, side / Math.max(picture.width, picture.height)), canvas = doc.createElement("canvas");
      if (part === 1 && file.size <= most) return;
      canvas.width = Math.round(picture.width * part);
      canvas.height = Math.round(picture.height * part);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      (function drawn(quality) {
        canvas.toBlob(function (blob) {
          if (!blob || input.files[0] !== file) return;
          if (blob.size > most && quality > 0.4) return drawn(quality - 0.2);
          var held = new DataTransfer();
          held.items.add(new File([blob], "anh.jpg", { type: "image/jpeg" }));
          input.files = held.files;
        }, "image/jpeg", quality);
      })(0.82);
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

  var own = form.elements.token.value, button = form.querySelector("button.btn"), acts = form.querySelector(".acts");

  // One row for each rating or note that waits, under the token of its page: {id, url, body, made}, of a note also
  // {note: true} and, once it was answered while another page was open, what came: {text, ok, said}.
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
  function drop(id) { return store("readwrite", function (all) { return all.delete(id); }).catch(function () { /* Nothing is kept. */ }); }
  function waiting() { return store("readonly", function (all) { return all.getAll(); }).catch(function () { return []; }); }

  function send(one) {
    var stop = window.AbortController ? new AbortController() : null;
    var timer = setTimeout(function () { if (stop) stop.abort(); }, one.note ? 40000 : 15000);
    var body = one.note ? new FormData() : new URLSearchParams(one.body);
    if (one.note) {
      // The same each time, down to the name of a picture: by that the service knows it again.
      one.body.forEach(function (part) {
        if (part[2]) body.append(part[0], part[1], part[2]);
        else body.append(part[0], part[1]);
      });
    } else {
      body.set("made_at", one.made);
      body.set("sent_at", Date.now());
    }
    return fetch(one.url, { method: "POST", body: body, credentials: "same-origin", signal: stop && stop.signal })
      .then(function (answer) {
        clearTimeout(timer);
        // A busy or broken service is asked again later; any other answer is its last word.
        if (answer.status >= 500 || answer.status === 429 || answer.status === 408) throw new Error(answer.status);
        var told = answer.headers.get("X-Rating");
        if (told === "saved") say(words.saved, "good");
        return answer.text().then(function (text) {
          var whole = answer.ok || /name="text"/.test(text);
          return { ok: answer.ok, text: text, told: told, proof: answer.status === 428, said: whole ? "" : heading(text) };
        });
      });
  }

  // Why something was refused, where the page that says so does not bring the words back.
  function heading(text) {
    var found = new DOMParser().parseFromString(text, "text/html").querySelector("h1");
    return found ? found.textContent.trim() : words.refused;
  }

  function show(text) {
    if (over) return;
    over = true;
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

  function away(some) {
    Promise.all(some.map(function (one) { return drop(one.id); })).then(waiting).then(function (left) {
      if (strip) strip.remove();
      strip = null;
      tell(left);
    });
  }

  function counted(some, text) { return some.length ? text.replace("{n}", some.length) : ""; }

  function tell(all, kept) {
    var open = all.filter(function (one) { return !one.text; });
    var back = all.filter(function (one) { return one.text && one.id !== own; })[0];
    var notes = open.filter(function (one) { return one.note; });
    // Of what waits nothing can be altered: it may have arrived already, and only its answer been lost.
    lock(notes.some(function (one) { return one.id === own; }));
    if (back) return answered(back);
    if (!open.length) return;
    var taps = open.filter(function (one) { return !one.note; });
    var text = [kept || "", counted(taps, words.waiting), counted(notes, words.notes)].filter(Boolean).join(" ");
    say(text, "warn", [[words.send, flush], [words.drop, function () { away(open); }]]);
  }

  // What came back for a note while another page was open: a code to keep, a fault to mend, or a refusal.
  function answered(one) {
    var typed = one.body.filter(function (part) { return part[0] === "text"; })[0], text = one.text;
    var remove = [words.drop, function () { away([one]); }];
    if (one.said) return say(one.said + (typed && typed[1] ? " “" + typed[1] + "”" : ""), "warn", [remove]);
    say(one.ok ? words.told : words.returned, one.ok ? "good" : "warn", [[words.see, function () {
      if (one.proof) delete one.text;
      (one.ok ? drop(one.id) : put(one)).then(function () { show(text); });
    }], remove]);
  }

  function lock(shut) {
    if (!form.elements.text) return;
    if (shut) acts.remove();
    else if (!acts.parentNode) form.appendChild(acts);
    [].forEach.call(form.elements, function (field) { field.disabled = shut; });
  }

  // Everything that waits, one after another; two pages at once send the same numbers, which count once.
  function flush() {
    // A tablet keeps nothing; what it said of a lost network is over.
    if (words.kiosk && strip) { strip.remove(); strip = null; }
    if (sending || words.kiosk) return Promise.resolve();
    sending = true;
    return waiting().then(function (all) {
      return all.reduce(function (before, one) {
        return before.then(function () {
          if (Date.now() - one.made > week) return drop(one.id);
          if (one.text || (one.note && form._sent && one.id === own)) return;
          return send(one).then(function (answer) { return one.note ? heard(one, answer) : taken(one, answer); }, function () { /* Still no network: it goes on waiting. */ });
        });
      }, Promise.resolve());
    }).then(waiting).then(function (left) { sending = false; tell(left); }, function () { sending = false; });
  }

  function taken(one, answer) {
    return drop(one.id).then(function () {
      if (one.id === own) show(answer.text);
      else say(answer.ok ? words.sent : words.refused, answer.ok ? "good" : "warn");
    });
  }

  // A note was answered. A fault leaves it here until it is mended; on its own page what was typed stays in its form.
  function heard(one, answer) {
    if (answer.told === "noted" && one.id !== own) return drop(one.id).then(function () { say(words.noted, "good"); });
    if (one.id === own && (answer.ok || answer.said)) {
      return soon(drop(one.id)).then(function () {
        if (answer.ok) return show(answer.text);
        lock(false);
        say(answer.said, "bad");
      });
    }
    // What asks for a proof sends itself again: it goes on waiting, should it not arrive.
    if (one.id !== own || !answer.proof) one.text = answer.text;
    one.ok = answer.ok;
    one.said = answer.said;
    one.proof = answer.proof;
    return soon(put(one).catch(function () { /* It stands on the page now shown. */ })).then(function () {
      if (one.id === own) show(answer.text);
    });
  }

  function ready() {
    form._sent = false;
    if (button && button._text) button.textContent = button._text;
    form.querySelectorAll("[aria-disabled]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
  }

  // What is kept must be away before the page that follows looks; a browser that keeps nothing is not waited for.
  function soon(done) {
    return Promise.race([done, new Promise(function (go) { setTimeout(go, 500); })]);
  }

  // Kept while it travels: a page closed meanwhile loses nothing.
  function travel(one, waits, arrived, lost, kept) {
    var putting = put(waits).then(function () { return true; }, function () { return false; });
    send(one).then(function (answer) { soon(putting).then(function () { arrived(answer); }); }, function () {
      ready();
      putting.then(function (held) {
        if (!held) return say(lost, "bad");
        waiting().then(function (all) { tell(all, kept); });
      });
    });
  }

  function secret() {
    return [].map.call(crypto.getRandomValues(new Uint8Array(16)), function (n) { return (n + 256).toString(16).slice(1); }).join("");
  }

  // Words, reasons, a telephone, a picture: kept like a tap, and told from it by ``note``. What is kept of it leaves a
  // large picture out.
  function note(event) {
    event.preventDefault();
    if (form._sent) return;
    form._sent = true;
    button._text = button.textContent;
    button.textContent = form.dataset.sending;
    button.setAttribute("aria-disabled", "true");
    var body = [["repeat_key", secret()]], small;
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") body.push([name, value]);
      else if (value.size) body.push([name, value, value.name]);
    });
    small = body.filter(function (part) { return !part[2] || part[1].size <= most; });
    var one = { id: own, url: form.getAttribute("action"), body: body, made: began, note: true };
    var waits = { id: own, url: one.url, body: small, made: began, note: true };
    travel(one, waits, function (answer) { ready(); heard(waits, answer); }, form.dataset.offline,
      words.kept + (small.length < body.length ? " " + words.large : ""));
  }

  var able = window.fetch && window.indexedDB;
  // What happens to words is said here, not by what every form has.
  if (able) form.removeAttribute("data-once");
  form.addEventListener("submit", function (event) {
    if (!able) return;
    if (form.elements.text) return note(event);
    if (!event.submitter) return;
    event.preventDefault();
    if (form._sent) return;
    form._sent = true;
    event.submitter.setAttribute("aria-disabled", "true");
    var body = [["level", event.submitter.value], ["token", own], ["took_ms", Date.now() - began],
      ["screen", screen.width + "x" + screen.height], ["locale", navigator.language || ""]];
    var one = { id: own, url: form.getAttribute("action"), body: body, made: Date.now() };
    if (words.kiosk) {
      send(one).then(function (answer) { show(answer.text); }, function () { ready(); say(words.offline, "warn"); });
      return;
    }
    travel(one, one, function (answer) { soon(drop(one.id)).then(function () { show(answer.text); }); }, words.offline, words.kept);
  });

  addEventListener("online", flush);
  doc.addEventListener("visibilitychange", function () { if (!doc.hidden) flush(); });
  addEventListener("pageshow", function (event) { if (event.persisted) { ready(); flush(); } });
  flush();
})();
