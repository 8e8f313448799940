"use strict";
/* Copy and print a receipt. Without scripts, the buttons stay hidden. */
for (const group of document.querySelectorAll("[data-receipt]")) {
  const code = document.getElementById(group.dataset.receipt).textContent;
  const copy = group.querySelector("[data-do=copy]");
  group.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  /* Browsers have a clipboard only where the connection is encrypted. */
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code);
    copy.textContent = copy.dataset.done;
  });
  group.hidden = false;
}
