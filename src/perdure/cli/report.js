"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, at) => row.cells[at].dataset.sort;
  const say = document.createElement("p");
  say.setAttribute("role", "status");
  say.className = "caption";
  const sort = (at, up) => {
    const number = heads[at].classList.contains("n");
    const order = (one, two) => {
      const a = value(one, at), b = value(two, at);
      if (a === "" || b === "") return (a === "") - (b === "");
      const by = number ? a - b : a.localeCompare(b);
      return up ? by : -by;
    };
    table.tBodies[0].append(...[...table.tBodies[0].rows].sort(order));
    heads.forEach(head => head.removeAttribute("aria-sort"));
    heads[at].setAttribute("aria-sort", up ? "ascending" : "descending");
    select.value = at;
    say.textContent = "Sorted by " + heads[at].textContent + (up ? ", lowest first." : ", highest first.");
  };
  const by = document.createElement("div"), label = document.createElement("label");
  const select = document.createElement("select");
  by.className = "by";
  label.textContent = "Sort by";
  select.id = "by";
  label.htmlFor = "by";
  heads.forEach((head, at) => {
    select.add(new Option(head.textContent, at));
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => {
      const was = head.getAttribute("aria-sort");
      sort(at, was ? was !== "ascending" : !head.classList.contains("n"));
    });
    head.append(button);
  });
  select.value = 1;
  select.addEventListener("change", () => sort(+select.value, !heads[select.value].classList.contains("n")));
  by.append(label, select);
  table.parentElement.before(by, say);
}
