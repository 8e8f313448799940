// Asks the browser for a passkey when a form is sent, and sends what it says along.
(() => {
  const { create, get, supported } = window.webauthnJSON;
  if (!supported()) return;

  const readOptions = async (form) => {
    if (!form.dataset.optionsFrom) {
      return JSON.parse(form.querySelector("script").textContent);
    }
    const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
    return (await answer.json()).request_options;
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const ask = form.dataset.passkey === "create" ? create : get;
    const failed = form.querySelector("[data-passkey-failed]");
    const button = form.querySelector("button[type=submit]");
    form.querySelector("[data-needs-scripts]").remove();
    button.disabled = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      failed.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await ask(await readOptions(form)));
        form.submit();
      } catch {
        failed.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
