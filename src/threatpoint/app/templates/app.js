// The page asks for charts while a control moves, and for the game once it rests.
"use strict";
(() => {
  const REST = 150, AGAIN = 4000;
  const RESTING = ["said", "giving-in", "options", "before", "made"];
  const form = document.getElementById("form");
  const at = (id) => document.getElementById(id);
  const tab = crypto.getRandomValues(new Uint32Array(2)).join("-");
  const kinds = ["tariff", "cut-off", "export-ban"];
  const defaults = { horizon: "short", opec: "hold" };
  let number = 0, moving = false, waiting = false, timer = 0, later = 0, resting = null,
    outlines = null, note = "", fresh = null;

  const chosen = (name) => (form.querySelector(`[name=${name}]:checked`) || {}).value || "";

  function query() {
    const found = new URLSearchParams();
    const threat = chosen("threat");
    for (const [key, value] of new FormData(form)) {
      const idle = !value || key === "all" || defaults[key] === value ||
        (key === "rate" && threat !== "tariff") ||
        (["targets", "sectors", "enforcement"].includes(key) && !kinds.includes(threat));
      if (!idle) found.append(key, value);
    }
    return found;
  }

  function put(html) {
    for (const [id, text] of Object.entries(html)) {
      at(id === "targets" ? "giving-in" : id).innerHTML = text;
    }
    for (const path of document.querySelectorAll("path[data-of]")) {
      path.setAttribute("d", path.dataset.of.split(" ").map((code) => outlines[code]).join(""));
    }
  }

  function said(problem) {
    at("problem").textContent = problem;
    at("problem").hidden = !problem;
  }

  const links = document.querySelectorAll("a[data-to]");

  // What is not yet of the state that the controls show is dimmed, and not handed on.
  function busy(ids, is) {
    for (const id of ids) {
      if (is) at(id).setAttribute("aria-busy", "true");
      else at(id).removeAttribute("aria-busy");
    }
  }

  function open(is) {
    at("copy").disabled = !is;
    for (const link of links) link.setAttribute("aria-disabled", String(!is));
  }

  function placed(address) {
    history.replaceState(null, "", `?${address}`);
    for (const link of links) link.href = `${link.dataset.to}?${address}`;
    open(true);
  }

  // The charts stay those of the last state that could be; a country that cannot be hit goes again.
  function refused(text) {
    busy(RESTING, false);
    open(false);
    note = text;
    said(note);
    if (!fresh) return;
    fresh.remove();
    fresh = null;
    tick();
  }

  async function asked(path, more, signal) {
    const about = query();
    for (const [key, value] of Object.entries({ tab, n: ++number, ...more })) about.set(key, value);
    const answer = await fetch(`${path}?${about}`, { signal });
    if (answer.ok) return answer.json();
    const text = (await answer.text()).trim();
    if (answer.status === 422) refused(text);
    else if (answer.status !== 409) said(text);
    return null;
  }

  // One request at a time while a slider moves; what is asked meanwhile gives way to the newest.
  async function tick() {
    clearTimeout(timer);
    clearTimeout(later);
    if (resting) resting.abort();
    busy(RESTING, true);
    open(false);
    if (moving) { waiting = true; return; }
    moving = true;
    let rested = false;
    const start = performance.now();
    try {
      const own = outlines ? { outlines: "own" } : {}; // asked for once, not with every map
      const found = await asked("tick", { view: innerWidth < 620 ? "narrow" : "wide", ...own });
      rested = Boolean(found) || !note; // else what is chosen cannot be
      if (found) {
        fresh = null;
        said(note);
        put(found.html);
        at("summary").textContent = found.summary;
        placed(found.address);
        requestAnimationFrame(() => setTimeout(() => document.dispatchEvent(
          new CustomEvent("painted", { detail: performance.now() - start }))));
      }
    } catch (error) { said("The app does not answer; is it still running?"); }
    moving = false;
    if (waiting) { waiting = false; tick(); } else if (rested) timer = setTimeout(rest, REST);
  }

  async function rest() {
    resting = new AbortController();
    const signal = resting.signal;
    try {
      const found = await asked("rest", {}, signal);
      if (!found || signal.aborted) return;
      said(note);
      put(found.html);
      placed(found.address);
      busy(RESTING.filter((id) => id !== "before"), false);
      document.dispatchEvent(new CustomEvent("rested"));
      before();
    } catch (error) { if (!signal.aborted) said("The app does not answer; is it still running?"); }
  }

  async function before() {
    const signal = resting.signal;
    try {
      const found = await asked("before", {}, signal);
      if (!found || signal.aborted) return;
      put({ before: found.html });
      busy(["before"], false);
      if (!found.done) later = setTimeout(before, AGAIN);
    } catch (error) { /* asked for again at the next rest */ }
  }

  // A stated value need not be a whole step; a slider that is moved stands on one.
  const stood = {}, sliders = form.querySelectorAll("[type=range]");
  let dragged = false;

  function stepped(input) {
    const step = Number(input.dataset.whole), from = stood[input.id], to = Number(input.value);
    let at = Math.round(to / step) * step;
    if (!dragged && Math.abs(to - from) < step) {  // a key: the next whole step that way
      at = (to > from ? Math.floor(from / step) + 1 : Math.ceil(from / step) - 1) * step;
    }
    at = Math.min(Math.max(at, Number(input.min)), Number(input.max));
    input.value = at;
    stood[input.id] = Number(input.value);
  }

  function told(input) {
    const output = form.querySelector(`output[for=${input.id}]`);
    if (output) output.textContent = `${input.value} ${input.dataset.unit}`;
  }

  function fitted(input) {
    const threat = chosen("threat");
    if (input.name === "rate" && threat !== "tariff") form.querySelector("[name=threat][value=tariff]").checked = true;
    at("rated").classList.toggle("idle", chosen("threat") !== "tariff");
    const own = !kinds.includes(chosen("threat"));  // stays as it is stated
    at("enforced").classList.toggle("idle", own);
    for (const id of ["whom", "enforcement", "sectors"]) at(id).disabled = own;
    const full = Number(at("enforcement").value) === 100 && /\b(goods|all)\b/.test(at("sectors").value);
    const left = !full || !at("answering").dataset.mute.split(" ").includes(chosen("threat"));
    at("answering").disabled = !left;  // no trade is left to answer on
  }

  function added(input) {
    if (!input.value.trim()) return false;
    const label = document.createElement("label"), box = document.createElement("input");
    const name = document.createElement("span");
    Object.assign(box, { type: "checkbox", name: "targets", value: input.value, checked: true });
    name.textContent = input.value;
    label.append(box, name);
    input.before(label);
    fresh = label;
    input.value = "";
    return true;
  }

  form.addEventListener("input", ({ target }) => {
    note = "";
    if (target.type === "range") { stepped(target); told(target); fitted(target); tick(); }
  });
  for (const slider of sliders) {
    stood[slider.id] = Number(slider.value);
    slider.addEventListener("pointerdown", () => { dragged = true; });
  }
  for (const end of ["pointerup", "pointercancel", "keydown"]) {
    addEventListener(end, () => { dragged = false; });
  }
  form.addEventListener("change", ({ target }) => {
    if (target.type === "range") return;
    if (target.id === "situation") { if (!keyed) go(); return; }
    note = "";
    if (target.id === "add" && !added(target)) return;
    if (target.type === "checkbox" && !form.querySelector("[name=targets]:checked")) {
      target.checked = true;
      said("At least one target stays.");
      return;
    }
    fitted(target);
    tick();
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); tick(); });

  // An arrow key walks through the list of situations; Enter, or leaving it, opens one.
  const list = at("situation"), now = list.value;
  let keyed = false;

  function go() {
    if (list.value !== now) location.search = `situation=${encodeURIComponent(list.value)}`;
  }

  list.addEventListener("keydown", ({ key }) => { keyed = key !== "Enter"; if (!keyed) go(); });
  list.addEventListener("pointerdown", () => { keyed = false; });
  list.addEventListener("blur", go);
  document.querySelector(".plain").remove();
  at("copy").hidden = false;
  at("copy").addEventListener("click", async ({ target }) => {
    try { await navigator.clipboard.writeText(location.href); target.textContent = "Copied"; }
    catch (error) { prompt("The link:", location.href); }
    setTimeout(() => { target.textContent = "Copy link"; }, 1500);
  });
  for (const link of links) {
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      if (link.getAttribute("aria-busy") === "true" || link.ariaDisabled === "true") return;
      link.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(link.href);
        if (!answer.ok) { said((await answer.text()).trim()); return; }
        const saved = document.createElement("a");
        saved.href = URL.createObjectURL(await answer.blob());
        saved.download = /filename="(.*)"/.exec(answer.headers.get("content-disposition"))[1];
        saved.click();
        setTimeout(() => URL.revokeObjectURL(saved.href), 10000);
      } catch (error) { said("The app does not answer; is it still running?"); }
      finally { link.removeAttribute("aria-busy"); }
    });
  }
  fetch("outlines.json").then((answer) => answer.json()).then((found) => { outlines = found; }, () => {});
  if (innerWidth < 620) at("panel").open = false;
  note = at("problem").textContent;
  busy(RESTING, true);
  rest();
})();
