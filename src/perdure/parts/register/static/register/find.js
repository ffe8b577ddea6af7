// Results while somebody types. Without this file the form asks for them with its button.
"use strict";

(() => {
  const form = document.querySelector("[data-find]");
  if (!form || !window.fetch || !window.DOMParser) return;
  const WAIT = 180;
  let timer = 0;
  let asked = null;

  const address = () => {
    const pairs = [...new FormData(form)].filter(([name, value]) => name !== "case" && value !== "");
    const query = new URLSearchParams(pairs).toString();
    return form.getAttribute("action") + (query ? `?${query}` : "");
  };
  const show = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const id of ["found", "filters"]) {
      const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
      if (!old || !fresh || old.contains(document.activeElement)) continue;
      if (id === "filters" && old.querySelector("details")?.open) fresh.querySelector("details")?.setAttribute("open", "");
      old.replaceChildren(...fresh.childNodes);
    }
    document.title = page.title;
    document.getElementById("told").textContent = document.querySelector("#found h2").textContent;
  };
  const ask = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    const here = address();
    try {
      const answer = await fetch(here, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      show(await answer.text());
      window.history.replaceState(null, "", here);
    } catch (problem) {
      if (problem.name !== "AbortError") throw problem;
    }
  };
  const soon = (wait) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, wait);
  };
  form.addEventListener("input", (event) => { if (event.target.matches("input:not([type=checkbox])")) soon(WAIT); });
  form.addEventListener("change", (event) => { if (event.target.matches("select")) soon(0); });
})();
