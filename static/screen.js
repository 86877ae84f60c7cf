// The screen at a counter: asks for the code anew, keeps the device awake, and covers a code that has grown too old.
(function () {
  "use strict";
  var main = document.querySelector("[data-screen]"), lost = document.getElementById("lost");
  var TOO_OLD = 8 * 60 * 1000, fresh = Date.now();
  function show(text) {
    var next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-screen]");
    if (!next) return;
    main.replaceChildren.apply(main, Array.from(next.childNodes));
    fresh = Date.now();
    lost.hidden = true;
  }
  function old() { if (Date.now() - fresh > TOO_OLD) lost.hidden = false; }
  setInterval(function () {
    fetch(location.href, { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(show, old).then(old);
  }, main.dataset.screen * 1000);
  function stayAwake() {
    if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(function () {
      /* a battery that runs low may refuse; the code turns all the same */
    });
  }
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
})();
