/* The losses at another rate, enforcement and targets, read off what was solved; see
   `analysis/sweeps`. Words, marks and the rule of rounding come with the data. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("moving-data").textContent);
  const form = document.getElementById("moving"), figure = form.closest("figure");
  const picture = figure.querySelector(".moved [role=img]"), part = form.elements;
  const bytes = Uint8Array.from(atob(data.values), letter => letter.charCodeAt(0));
  const values = new Float32Array(bytes.buffer), [horizons, hits, rates, shares, rows] = data.shape;

  // -- numbers: the polynomial through the points --------------------------------------------

  const weights = (at, x) => {
    if (at.length < 2) return [1];
    const hit = at.findIndex(point => Math.abs(point - x) < 1e-12);
    if (hit >= 0) return at.map((_, k) => +(k === hit));
    const end = k => k === 0 || k === at.length - 1;
    const found = at.map((point, k) => (k % 2 ? -1 : 1) / (end(k) ? 2 : 1) / (x - point));
    const sum = found.reduce((a, b) => a + b);
    return found.map(weight => weight / sum);
  };

  const place = (enforcement, logged) => {
    const u = data.exponent * logged;
    return Math.abs(u) < 1e-9 ? enforcement : -Math.log1p(enforcement * Math.expm1(-u)) / u;
  };

  const read = (horizon, hit, row, ofRates, ofShares) => {
    let sum = 0;
    if (hit < 0) return sum;
    for (let r = 0; r < rates; r++) for (let e = 0; e < shares; e++)
      sum += ofRates[r] * ofShares[e] * values[(((horizon * hits + hit) * rates + r) * shares + e) * rows + row];
    return sum;
  };

  // -- words: the rule of `words.number` -------------------------------------------------------

  const rule = data.rounding;

  const fixed = (size, count) => {  // as Python: a tie goes to the even digit
    const two = 2 ** count, ten = 10 ** count, low = Math.floor(size * ten);
    const tie = Number.isInteger(2 * two * size) && !Number.isInteger(two * size);
    return (tie ? (low + low % 2) / ten : size).toFixed(count);
  };

  const number = (value, signed) => {
    const size = Math.abs(value);
    const count = size < rule.nothing ? 0 : (rule.digits.find(([below]) => size < below) || [0, 0])[1];
    let text = fixed(size, count);
    if (!Number(text)) {
      if (size < rule.noise) return text;
      const one = Number(size.toPrecision(1));
      text = one.toFixed(Math.max(0, -Math.floor(Math.log10(one))));
    }
    return (value < 0 ? rule.minus : signed ? "+" : "") + text;
  };

  const fill = (words, text) => words.replace("{}", () => text);
  const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

  const title = first => {
    const own = first.flatMap((value, k) => data.rows[k].own ? [[value, k]] : []).sort((a, b) => a[0] - b[0])[0];
    const worst = first.indexOf(Math.min(...first)), lost = first[worst] <= -rule.smallest;
    const most = lost ? fill(data.rows[worst].most, number(-first[worst])) : data.words.nobody;
    if (!own || (lost && own[1] === worst)) return capital(most);
    const kind = Math.abs(own[0]) < rule.smallest ? "same" : own[0] < 0 ? "loses" : "gains";
    const said = fill(data.rows[own[1]][kind], number(Math.abs(own[0])));
    return capital(lost || kind !== "same" ? `${said}; ${most}` : most);
  };

  // -- what is asked, and what is shown --------------------------------------------------------

  const state = () => {
    const rate = part.rate ? Number(part.rate.value) / 100 : data.stated.rate;
    const enforcement = part.enforcement ? Number(part.enforcement.value) / 100 : data.stated.enforcement;
    const boxes = [...form.querySelectorAll("[name=target]")];
    const key = boxes.flatMap((box, k) => box.checked ? [k] : []).join(" ");
    const hit = boxes.length ? data.hits.indexOf(key) : part.hit ? Number(part.hit.value) : 0;
    const horizon = Number((form.querySelector("[name=horizon]:checked") || {value: 0}).value);
    return {rate, enforcement, hit, horizon, u: rate === null ? 1 : Math.log1p(rate)};
  };

  const figured = percent => String(Number(percent.toFixed(4)));

  const subtitle = asked => {
    const percent = share => figured(100 * share);
    let what = asked.rate === null ? data.short : fill(data.short, percent(Math.abs(asked.rate)));
    if (asked.enforcement !== null && asked.enforcement < 1) what += fill(data.words.enforced, percent(asked.enforcement));
    return fill(data.words.subtitle, `${what} (${asked.hit < 0 ? data.words.none : data.on[asked.hit]})`);
  };

  const say = (select, text) => { figure.querySelector(select).textContent = text; };

  // A stated number need not be whole; once it is moved it is. A key goes to the next one its way.
  const stood = new Map();
  let dragged = false;

  const stepped = slider => {
    const from = stood.get(slider), to = Number(slider.value);
    const next = to > from ? Math.floor(from) + 1 : Math.ceil(from) - 1;
    const at = !dragged && to !== from && Math.abs(to - from) < 1 ? next : Math.round(to);
    slider.value = Math.min(Math.max(at, Number(slider.min)), Number(slider.max));
  };

  const controls = () => {
    for (const slider of form.querySelectorAll("[type=range]")) {
      const words = fill(slider.dataset.words, figured(Number(slider.value)));
      stood.set(slider, Number(slider.value));
      slider.setAttribute("aria-valuetext", words);
      slider.nextElementSibling.textContent = words;
    }
  };

  const show = () => {
    const asked = state();
    const of = [weights(data.us, asked.u), weights(data.enforced, place(asked.enforcement, asked.u))];
    const found = data.rows.map((_, row) => [...Array(horizons).keys()].map(h => read(h, asked.hit, row, ...of)));
    const printed = found.map(each => each[asked.horizon]), dots = picture.querySelectorAll("circle");
    found.forEach((each, row) => each.forEach((value, h) => {  // the first dot is drawn last
      dots[(row + 1) * horizons - 1 - h].setAttribute("cx", data.zero + data.unit * value);
    }));
    picture.querySelectorAll("text[text-anchor=end][font-weight]").forEach((text, row) => {
      text.textContent = number(printed[row], true);
    });
    picture.querySelector("text[text-anchor=end]:not([font-weight])").textContent = data.heads[asked.horizon];
    const [said, measure] = [title(printed), subtitle(asked)];
    say(".moved h2", said);
    say(".moved .measure", measure);
    say(".moved title", said);
    say(".moved desc", `${measure}. ` + data.rows.map((row, k) => `${row.name} ` +
      found[k].map((value, h) => `${number(value, true)} ${data.heads[h]}`).join(", ")).join("; ") + ".");
    figure.classList.add("moving");
  };

  const told = () => { form.querySelector(".told").textContent = `${figure.querySelector(".moved h2").textContent}. ${figure.querySelector(".moved .measure").textContent}`; };

  form.addEventListener("input", ({target}) => {
    if (target.type === "range") stepped(target);
    controls();
    show();
  });
  form.addEventListener("pointerdown", ({target}) => { dragged = target.type === "range"; });
  for (const end of ["pointerup", "pointercancel", "keydown"]) addEventListener(end, () => { dragged = false; });
  form.addEventListener("change", told);  // said aloud once a slider is let go
  form.addEventListener("submit", event => event.preventDefault());
  const back = () => {
    form.reset();
    controls();
    figure.classList.remove("moving");
    form.querySelector(".told").textContent = "";
  };

  form.querySelector("button").addEventListener("click", back);
  back();
  figure.querySelector(".move").hidden = false;
})();
