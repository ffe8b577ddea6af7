// The review by keyboard, without loading whole pages. Every link and form works without this file.
"use strict";

(() => {
  const here = () => document.querySelector("[data-review]");
  if (!here()) return;

  const waiting = []; // keys pressed while the last act is on its way
  let busy = false;

  const told = document.createElement("p");
  told.className = "hidden";
  told.setAttribute("role", "status");
  document.body.append(told);

  // Keys can be turned off, and stay off in this browser.
  const off = () => localStorage.getItem("perdure-keys") === "off";
  const showKeys = () => {
    const keys = document.querySelector("[data-keys]");
    if (!keys) return;
    const toggle = keys.querySelector("button");
    keys.hidden = false;
    toggle.textContent = off() ? toggle.dataset.on : toggle.dataset.off;
    toggle.onclick = () => {
      localStorage.setItem("perdure-keys", off() ? "on" : "off");
      showKeys();
    };
  };

  const hand = () => document.querySelector(".question-card.now");

  // The card in hand and its box on the paper come into sight; the heading takes the focus.
  const settle = (focus) => {
    showKeys();
    const card = hand();
    const paper = document.querySelector(".paper-scroll");
    const spot = paper && paper.querySelector(".spot.now");
    if (spot) {
      const where = spot.getBoundingClientRect();
      const view = paper.getBoundingClientRect();
      if (where.top < view.top || where.bottom > view.bottom) {
        paper.scrollTop += where.top - view.top - view.height / 3;
      }
    }
    if (!card || !focus) return;
    card.scrollIntoView({ block: "nearest" });
    card.querySelector("h3").focus({ preventScroll: true });
    const far = document.querySelector("[data-far]");
    const notes = [...document.querySelectorAll("main > .note")].map((note) => note.textContent);
    told.textContent = [...notes, far ? far.textContent : ""].join(" ");
  };

  // Pictures that are there already are not loaded again.
  const keepPictures = (fresh) => {
    const old = new Map([...document.querySelectorAll("main img")].map((one) => [one.getAttribute("src"), one]));
    for (const image of fresh.querySelectorAll("img")) {
      const known = old.get(image.getAttribute("src"));
      if (known) {
        known.alt = image.alt;
        image.replaceWith(known);
      }
    }
  };

  const swap = (fresh, address, remember) => {
    const main = fresh.querySelector("main");
    const scrolled = document.querySelector(".paper-scroll");
    const top = scrolled ? scrolled.scrollTop : 0;
    keepPictures(main);
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.title = fresh.title;
    if (remember) history.pushState(null, "", address);
    const paper = document.querySelector(".paper-scroll");
    if (paper) paper.scrollTop = top;
    settle(true);
  };

  const fail = () => {
    const note = document.createElement("p");
    note.className = "note stop";
    note.setAttribute("role", "alert");
    note.textContent = here().dataset.lost;
    document.querySelector("main").prepend(note);
    note.scrollIntoView({ block: "nearest" });
  };

  // Load a page of the review, or do an act, and show what comes back.
  const go = async (address, options = {}, remember = true) => {
    busy = true;
    let answer;
    try {
      answer = await fetch(address, { ...options, headers: { Accept: "text/html" } });
    } catch {
      busy = false;
      waiting.length = 0;
      fail();
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (fresh.querySelector("[data-review]")) {
      swap(fresh, answer.url, remember);
      busy = false;
      next();
    } else if (!options.method || answer.redirected) {
      location.assign(options.method ? answer.url : address);
    } else {
      // A form with errors or a refusal: what was typed is in it, so it is shown as it came.
      document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
      document.title = fresh.title;
      history.pushState(null, "", answer.url);
      window.scrollTo(0, 0);
      busy = false;
    }
  };

  const next = () => {
    const key = waiting.shift();
    if (key) press(key);
  };

  const press = (key) => {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) {
      next();
      return false;
    }
    if (target.matches("input, select, textarea")) {
      target.closest("details").open = true;
      target.focus();
      if (target.select) target.select();
    } else {
      target.click();
      if (!busy) next();
    }
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !here()) return;
    const field = event.target.closest("input, textarea, select");
    if (field) {
      if (event.key === "Escape" && field.closest(".in-place")) {
        field.form.reset();
        field.closest("details").open = false;
        hand().querySelector("h3").focus({ preventScroll: true });
      } else if (event.key === "Enter" && field.matches(".in-place select")) {
        event.preventDefault();
        field.form.requestSubmit();
      }
      return;
    }
    if (off() || event.key.length !== 1 || event.repeat) return;
    const key = event.key.toLowerCase();
    if (busy) {
      if (waiting.length < 20) waiting.push(key);
      event.preventDefault();
    } else if (press(key)) {
      event.preventDefault();
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !here() || !here().contains(form) || form.method !== "post") return;
    event.preventDefault();
    if (busy) return;
    go(form.getAttribute("action"), { method: "POST", body: new FormData(form, event.submitter) });
  });

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-review] a[href]");
    if (!link) return;
    const address = new URL(link.getAttribute("href"), location.href);
    if (address.pathname !== location.pathname || busy) return;
    event.preventDefault();
    go(address.href);
  });

  window.addEventListener("popstate", () => {
    if (here()) go(location.href, {}, false);
    else location.reload();
  });

  settle(false);
})();
