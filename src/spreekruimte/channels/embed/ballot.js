"use strict";
/* The ballot inside the page of somebody else: brings answers, and tells that page its height. */
const secret = () => new URLSearchParams(location.hash.replace(/^#\??/, "")).get("secret") || told;
let told = "";
function tell(message, value) {
  if (window.parent !== window) window.parent.postMessage({ message, value, secret: secret() }, "*");
}
function tellHeight() {
  tell("height", Math.ceil(document.body.getBoundingClientRect().height));
}
/* A page that began to listen after we had told it asks again. */
window.addEventListener("message", ({ source, data }) => {
  if (source !== window.parent || !data || data.message !== "ready") return;
  if (!secret() && typeof data.secret === "string") told = data.secret;
  tellHeight();
});
new ResizeObserver(tellHeight).observe(document.body);
window.addEventListener("load", tellHeight);
/* Where a page gave a secret, it opens links for us: its frame may open none. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !secret()) return;
  event.preventDefault();
  tell("link", link.href);
});

const ballot = document.querySelector("[data-address]");
if (ballot) {
  const steps = [...ballot.querySelectorAll("[data-step]")];
  const problem = ballot.querySelector("[data-problem]");
  const show = (name) => {
    for (const step of steps) step.hidden = step.dataset.step !== name;
    problem.hidden = true;
  };
  const complain = (sentence) => {
    problem.textContent = sentence || problem.dataset.silence;
    problem.hidden = false;
  };
  const bring = async (question, answer) => {
    const response = await fetch(ballot.dataset.address, {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ question, answer, token: ballot.dataset.token }),
    });
    const given = await response.json();
    if (!response.ok) throw Object.assign(new Error(), { sentence: given.detail });
    return given.receipt;
  };
  const answer = async (step, value) => {
    const buttons = step.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    try {
      const receipt = await bring(step.dataset.step, value);
      for (const place of ballot.querySelectorAll(`[data-receipt=${step.dataset.step}]`))
        place.textContent = receipt;
      const next = steps[steps.indexOf(step) + 1];
      show(next.dataset.step);
      next.querySelector("h2").focus();
    } catch (error) {
      complain(error.sentence);
    } finally {
      for (const button of buttons) button.disabled = false;
    }
  };
  const [judgement, measure] = steps;
  for (const button of judgement.querySelectorAll("button"))
    button.addEventListener("click", () => answer(judgement, Number(button.value)));
  measure.querySelector("button").addEventListener("click", () => {
    const chosen = measure.querySelector("input:checked");
    if (chosen) answer(measure, Number(chosen.value));
    else complain(problem.dataset.choose);
  });
  show("judgement");
}
