// Loaded before the page is shown, so that no key is lost. A key presses the button that names it. Without this script, the buttons work by themselves.
"use strict";
let pressed = false;
document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (typing || pressed || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  for (const button of document.querySelectorAll("button[data-key]")) {
    if (button.dataset.key === event.key) {
      event.preventDefault();
      pressed = true;
      button.click();
      return;
    }
  }
});
