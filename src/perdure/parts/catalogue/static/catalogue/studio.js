// The studio's helpers. Every page works without them.
"use strict";

// Drop a PDF on the box: the same as choosing it and pressing the button.
for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    form.classList.toggle("over", on);
  };
  form.addEventListener("dragenter", over(true));
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}

// Watch a form being read, and go on when it is done.
const watched = document.querySelector("[data-watch]");
if (watched) {
  const bar = watched.querySelector("progress");
  const told = watched.querySelector("[role=status]");
  const look = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" } });
    const state = await answer.json();
    const done = watched.querySelector("[data-done]");
    if (state.finished || state.stage !== watched.dataset.watch) {
      location.reload();
      return;
    }
    if (done && done.textContent !== String(state.done)) {
      bar.max = state.total;
      bar.value = state.done;
      done.textContent = state.done;
      watched.querySelector("[data-total]").textContent = state.total;
    }
  };
  setInterval(() => look().catch(() => { told.dataset.lost = "yes"; }), 1500);
}

// In the form of a question, show the answers to choose from only where there is a choice.
const asked = document.querySelector("[data-question]");
if (asked) {
  const kind = asked.querySelector("[name=type]");
  const fields = asked.querySelectorAll("[data-for]");
  const fit = () => {
    for (const field of fields) {
      const block = field.closest(".field");
      block.hidden = !field.dataset.for.split(" ").includes(kind.value) && !block.classList.contains("has-error");
    }
  };
  kind.addEventListener("change", fit);
  fit();
}
