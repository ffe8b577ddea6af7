// Drawing a box on the page of the paper. Without this file a click places it, and numbers move it.
"use strict";

(() => {
  const canvas = document.querySelector("[data-draw]");
  const form = document.querySelector("[data-box]");
  if (!canvas || !form) return;
  const drawn = canvas.querySelector("[data-new]");
  const names = ["left", "top", "width", "height"];
  const numbers = names.map((name) => form.querySelector(`[name=${name}]`));
  const title = form.querySelector("[name=title]");
  const kind = form.querySelector("[name=type]");
  const page = { width: Number(canvas.dataset.width), height: Number(canvas.dataset.height) };

  const show = () => {
    const [left, top, width, height] = numbers.map((one) => one.value);
    const whole = [left, top, width, height].every((value) => value !== "" && Number(value) >= 0);
    const found = { x: left, y: top, width, height };
    for (const [name, value] of Object.entries(found)) {
      if (whole) drawn.setAttribute(name, value);
      else drawn.removeAttribute(name);
    }
  };
  const write = (values) => {
    values.forEach((value, at) => { numbers[at].value = Math.round(value * 10) / 10; });
    show();
  };
  const within = (value, most) => Math.min(Math.max(value, 0), most);
  const pointOf = (event) => {
    const area = canvas.getBoundingClientRect();
    return {
      x: within(((event.clientX - area.left) * page.width) / area.width, page.width),
      y: within(((event.clientY - area.top) * page.height) / area.height, page.height),
    };
  };
  const chosen = () => document.querySelector("[name=size]:checked");

  let from = null;
  let dragged = false;
  canvas.addEventListener("dragstart", (event) => event.preventDefault());
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch") return;
    from = pointOf(event);
    dragged = false;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = pointOf(event);
    if (!dragged && Math.abs(to.x - from.x) < 4 && Math.abs(to.y - from.y) < 4) return;
    dragged = true;
    write([Math.min(from.x, to.x), Math.min(from.y, to.y), Math.abs(to.x - from.x), Math.abs(to.y - from.y)]);
  });
  canvas.addEventListener("pointerup", () => { from = null; });
  canvas.addEventListener("pointercancel", () => { from = null; });

  // A click places a box of the usual size; Enter on the picture goes to the numbers.
  canvas.addEventListener("click", (event) => {
    event.preventDefault();
    const byKey = event.detail === 0 && event.clientX === 0;
    if (byKey) {
      numbers[0].focus();
      return;
    }
    if (!dragged) {
      const [width, height] = chosen().dataset.size.split(" ").map(Number);
      const at = pointOf(event);
      write([
        within(at.x, page.width - width), within(at.y - height / 2, page.height - height), width, height,
      ]);
    }
    dragged = false;
    title.focus();
  });
  for (const one of numbers) one.addEventListener("input", show);
  for (const size of document.querySelectorAll("[name=size]")) {
    size.addEventListener("change", () => {
      kind.value = size.value;
      const [width, height] = size.dataset.size.split(" ");
      numbers[2].value = width;
      numbers[3].value = height;
      show();
    });
  }
  show();
})();
