// A part of a page that does not come would leave the reader waiting without a word.
document.addEventListener("DOMContentLoaded", () => {
  const tell = () => {
    const message = document.getElementById("silence").content.cloneNode(true);
    const place = document.getElementById("messages");
    place.replaceChildren(message);
    place.scrollIntoView({ block: "center" });
  };
  document.body.addEventListener("htmx:sendError", tell);
  document.body.addEventListener("htmx:timeout", tell);
  document.body.addEventListener("htmx:responseError", ({ detail }) => {
    if (!detail.xhr.getResponseHeader("HX-Retarget") && detail.xhr.status >= 500) tell();
  });
});
