// Copies an account, a sum or a purpose; the page says the same without it.
(function () {
  "use strict";
  var said = document.querySelector("[data-copied]");
  if (!navigator.clipboard || !said) return;
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = false;
    button.onclick = function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        said.textContent = "";
        setTimeout(function () { said.textContent = button.dataset.said; });
        button.textContent = button.dataset.said;
      }, function () { button.hidden = true; });
    };
  });
})();
