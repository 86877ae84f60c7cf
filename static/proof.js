// Finds the number whose SHA-256 behind the salt is the target, a little at a time, then sends the form.
(function () {
  "use strict";
  var field = document.querySelector("[data-proof]");
  if (!field) return;
  var words = field.dataset, form = field.form, said = form.querySelector("[data-state]"), most = +words.most;
  var left = [], start = [], found = 0, n = 2, i;

  for (; found < 64; n++) {
    for (i = 2; i * i <= n && n % i; i++);
    if (i * i > n) {
      if (found < 8) start.push((Math.sqrt(n) % 1 * 4294967296) | 0);
      left.push((Math.cbrt(n) % 1 * 4294967296) | 0);
      found++;
    }
  }

  function turn(x, by) { return (x >>> by) | (x << (32 - by)); }

  // SHA-256 of text of at most 55 letters and figures: one block.
  function digest(text) {
    var w = new Int32Array(64), h = start.slice(), k, s, t, u;
    for (k = 0; k < text.length; k++) w[k >> 2] |= text.charCodeAt(k) << (24 - (k % 4) * 8);
    w[k >> 2] |= 128 << (24 - (k % 4) * 8);
    w[15] = text.length * 8;
    for (k = 0; k < 64; k++) {
      if (k > 15) {
        s = w[k - 15]; t = w[k - 2];
        w[k] = w[k - 16] + (turn(s, 7) ^ turn(s, 18) ^ (s >>> 3)) + w[k - 7] + (turn(t, 17) ^ turn(t, 19) ^ (t >>> 10));
      }
      s = h[4];
      t = h[7] + (turn(s, 6) ^ turn(s, 11) ^ turn(s, 25)) + ((s & h[5]) ^ (~s & h[6])) + left[k] + w[k];
      s = h[0];
      u = (turn(s, 2) ^ turn(s, 13) ^ turn(s, 22)) + ((s & h[1]) ^ (s & h[2]) ^ (h[1] & h[2]));
      h = [(t + u) | 0, h[0], h[1], h[2], (h[3] + t) | 0, h[4], h[5], h[6]];
    }
    return h.map(function (x, k) { return ("0000000" + ((x + start[k]) >>> 0).toString(16)).slice(-8); }).join("");
  }

  var number = 0, sent = false;
  form.addEventListener("submit", function () { sent = true; });
  function reckon() {
    if (sent) return;
    for (var end = Math.min(most, number + 2000); number <= end; number++) {
      if (digest(words.salt + ":" + number) === words.target) {
        field.value = number;
        said.textContent = said.dataset.sending;
        // A field of the form may be named submit.
        return HTMLFormElement.prototype.submit.call(form);
      }
    }
    if (number <= most) setTimeout(reckon);
  }
  said.textContent = said.dataset.busy;
  setTimeout(reckon);
})();
