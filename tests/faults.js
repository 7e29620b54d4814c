// What is wrong with the page as it is laid out now. Every check of `faults` returns its faults as
// sentences that name the words, the place and how far it is off in pixels; [] where all is well.
globalThis.faults = (() => {
  "use strict";
  const SLACK = 1; // pixels that rounding may cost
  const pen = Object.assign(document.createElement("canvas"), {width: 1, height: 1})
    .getContext("2d", {willReadFrequently: true});

  // -- what is seen ---------------------------------------------------------------------------

  // Not those that are kept for readers of the page by ear: clipped to nothing, or a pixel large.
  const clipped = element => {
    for (let at = element; at instanceof HTMLElement; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath === "inset(50%)" || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
      if (style.overflow === "hidden" && at.offsetWidth <= 1 && at.offsetHeight <= 1) return true;
    }
    return false;
  };
  const seen = element =>
    element.checkVisibility({visibilityProperty: true, opacityProperty: true}) &&
    !clipped(element.closest("svg")?.parentElement ?? element);
  const drawings = () => [...document.querySelectorAll("svg[role=img]")].filter(seen);

  const place = element => {
    const named = element.closest("svg")?.closest("figure, [id]") ?? element.closest("[id]");
    const title = named?.id ? `#${named.id}` : named?.querySelector("h2, h3")?.textContent.trim();
    return `<${element.tagName.toLowerCase()}> of ${title ?? "the page"}`;
  };
  const say = (text, fault) => {
    const words = text.words.length > 60 ? `${text.words.slice(0, 60)}…` : text.words;
    return `“${words}” in ${place(text.element)}: ${fault}`;
  };
  const far = pixels => `${pixels.toFixed(1)} px`;

  // The ink of a line in the box of its font: those boxes overlap where letters do not.
  const ink = (rect, style, words) => {
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const m = pen.measureText(words);
    const scale = rect.height / (m.fontBoundingBoxAscent + m.fontBoundingBoxDescent);
    const base = rect.top + scale * m.fontBoundingBoxAscent;
    const top = base - scale * m.actualBoundingBoxAscent;
    const bottom = base + scale * m.actualBoundingBoxDescent;
    return {left: rect.left, right: rect.right, top, bottom};
  };
  const upright = element => {
    const matrix = element.getScreenCTM?.();
    return !matrix || Math.abs(matrix.b) < 1e-6;
  };

  // Every line of text that is seen: its words, element, drawing (null in HTML) and box.
  const texts = (root = document.body) => {
    const found = [], range = document.createRange();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, element = node.parentElement;
      const words = node.data.replace(/\s+/g, " ").trim();
      if (!words || element.closest("style, title, desc") || !seen(element)) continue;
      const style = getComputedStyle(element), svg = element.ownerSVGElement ?? null;
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const box = upright(element) ? ink(rect, style, svg ? words : "dp") : rect;
        if (rect.width) found.push({words, element, style, svg, box});
      }
    }
    return found;
  };

  const shared = (a, b) => ({
    left: Math.max(a.left, b.left), right: Math.min(a.right, b.right),
    top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom),
  });
  const touching = box => box.right - box.left > SLACK && box.bottom - box.top > SLACK;
  const outside = (inner, outer) => Math.max(
    outer.left - inner.left, inner.right - outer.right,
    outer.top - inner.top, inner.bottom - outer.bottom);

  // A halo: text that is stroked before it is filled, or drawn once more, stroked, under itself.
  const stroked = style => style.stroke !== "none" && parseFloat(style.strokeWidth) > 0;
  const twins = (one, other) => one.svg && one.svg === other.svg && one.words === other.words &&
    Math.abs(outside(one.box, other.box)) <= 2;
  const haloed = (text, all) =>
    stroked(text.style) || all.some(o => o !== text && stroked(o.style) && twins(text, o));

  // -- layout ---------------------------------------------------------------------------------

  const out_of_the_drawing = () => drawings().flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return texts(svg).filter(text => outside(text.box, frame) > SLACK / 2)
      .map(text => say(text, `${far(outside(text.box, frame))} out of the drawing`));
  });

  const over_each_other = () => {
    const all = texts().sort((a, b) => a.box.top - b.box.top), found = [];
    all.forEach((one, k) => {
      for (let j = k + 1; j < all.length && all[j].box.top < one.box.bottom; j++) {
        const both = shared(one.box, all[j].box);
        if (!touching(both) || twins(one, all[j])) continue;
        const size = `${far(both.right - both.left)} by ${far(both.bottom - both.top)}`;
        found.push(say(one, `over “${all[j].words.slice(0, 60)}” (${size})`));
      }
    });
    return found;
  };

  // A mark with an inside: filled, or closed and stroked.
  const closed = shape => !shape.matches("path, polyline, line") ||
    /z\s*$/i.test(shape.getAttribute("d") ?? "");
  const marks = svg => [...svg.querySelectorAll("rect, circle, ellipse, polygon, path")]
    .filter(shape => {
      if (shape.closest("defs, clipPath, mask, pattern, marker, symbol") || !seen(shape)) return false;
      const style = getComputedStyle(shape);
      return (style.fill !== "none" && style.fillOpacity > 0) || (stroked(style) && closed(shape));
    });
  const holds = shape => {
    const back = shape.getScreenCTM().inverse();
    return (x, y) => shape.isPointInFill(new DOMPoint(x, y).matrixTransform(back));
  };
  const over_an_edge = () => drawings().flatMap(svg => {
    const all = texts(svg), found = [];
    for (const shape of marks(svg)) {
      const area = shape.getBoundingClientRect(), filled = holds(shape);
      for (const text of all) {
        const {left, right, top, bottom} = shared(text.box, area);
        if (!touching({left, right, top, bottom}) || haloed(text, all)) continue;
        const along = [0.1, 0.3, 0.5, 0.7, 0.9];
        const meets = along.some(s => along.some(t =>
          filled(left + s * (right - left), top + t * (bottom - top))));
        const box = text.box, within = outside(box, area) <= SLACK / 2 &&
          along.every(s => filled(box.left + s * (box.right - box.left), (box.top + box.bottom) / 2));
        const name = shape.tagName.toLowerCase();
        if (meets && !within) found.push(say(text, `${far(outside(box, area))} over the edge of a ${name}`));
      }
    }
    return found;
  });

  // Lines of text and drawings must lie in each box around them, up to one that scrolls.
  const boxed = style => !/^(inline|contents|none)$/.test(style.display);
  const scrolling = style => /auto|scroll/.test(style.overflowX);
  const cut = ({scrolls = true} = {}) => {
    const things = texts().filter(text => !text.svg).concat(drawings().map(svg =>
      ({words: "a drawing", element: svg, box: svg.getBoundingClientRect()})));
    return things.flatMap(thing => {
      for (let at = thing.element; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (scrolls && scrolling(style)) return [];
        if (!boxed(style)) continue;
        const by = outside(thing.box, at.getBoundingClientRect());
        if (by > SLACK) return [say(thing, `${far(by)} out of <${at.tagName.toLowerCase()}>`)];
      }
      const page = {left: 0, right: innerWidth, top: -Infinity, bottom: Infinity};
      const by = outside(thing.box, page);
      return by > SLACK ? [say(thing, `${far(by)} off the page`)] : [];
    });
  };

  const page_scrolls_sideways = () => {
    const wide = document.scrollingElement.scrollWidth;
    return wide > innerWidth ? [`the page is ${wide} px wide in a window of ${innerWidth}`] : [];
  };

  const scrollers = () => [...document.body.querySelectorAll("*")].filter(region =>
    region.scrollWidth > region.clientWidth + SLACK && region.clientWidth &&
    scrolling(getComputedStyle(region)) && seen(region));
  // A region that scrolls by itself: in the order of the keyboard, and named.
  const scrolls_out_of_reach = () => scrollers().filter(region => !region.matches("[tabindex='0']:is([aria-label], [aria-labelledby])"))
    .map(region => `${place(region)} scrolls but takes no focus or has no name`);
  const too_wide = () => scrollers().map(region =>
    `${place(region)} is ${far(region.scrollWidth - region.clientWidth)} too wide for its column`);

  // A sentence in a column of a few words a line: less than 12 times the size of its letters, or
  // than 0.36 of a window that is too narrow for that.
  const squeezed = () => [...document.querySelectorAll("td, th, dd, li, p, figcaption")].filter(seen)
    .filter(block => block.innerText.trim().split(/\s+/).length >= 12)
    .map(block => [block, block.getBoundingClientRect().width])
    .filter(([block, width]) =>
      width < Math.min(12 * parseFloat(getComputedStyle(block).fontSize), 0.36 * innerWidth))
    .map(([block, width]) => say({words: block.innerText, element: block}, `in ${far(width)}`));

  // -- colours --------------------------------------------------------------------------------

  const colours = new Map();
  const channels = colour => { // any CSS colour as red, green, blue, alpha in 0..1
    if (!colours.has(colour)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
      colours.set(colour, [...pen.getImageData(0, 0, 1, 1).data].map(part => part / 255));
    }
    return colours.get(colour);
  };
  const over = (below, colour, opacity = 1) => {
    const [alpha, part] = [colour[3] * opacity, k => colour[k]];
    return [0, 1, 2].map(k => alpha * part(k) + (1 - alpha) * below[k]);
  };
  const opacity = element => {
    let product = 1;
    for (let at = element; at; at = at.parentElement) product *= getComputedStyle(at).opacity;
    return product;
  };
  const luminance = colour => {
    const [red, green, blue] = colour.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const paint = element => { // what an element lays under the text above it
    const style = getComputedStyle(element);
    if (!(element instanceof SVGElement)) return [channels(style.backgroundColor), 1];
    if (element.closest("text")) return [channels("transparent"), 0];
    const fill = style.fill === "none" || element.matches("svg, g, line") ? "transparent" : style.fill;
    return [channels(fill), style.fillOpacity];
  };
  const canvas = () => {
    const root = getComputedStyle(document.documentElement).backgroundColor;
    return over(over([1, 1, 1], channels("Canvas")), channels(root));
  };
  const ancestors = element => element ? [element, ...ancestors(element.parentElement)] : [];
  const background = (text, x, y) => {
    if (text.svg && stroked(text.style)) return over([0, 0, 0], channels(text.style.stroke));
    const hit = document.elementsFromPoint(x, y), own = hit.indexOf(text.element);
    const stack = own < 0 ? ancestors(text.element) : hit.slice(own); // scrolled out of sight
    return stack.reverse().reduce((below, at) => over(below, paint(at)[0], paint(at)[1] * opacity(at)), canvas());
  };

  // Web Content Accessibility Guidelines 2.2, 1.4.3: 4.5 to 1; 3 to 1 from 24 px, bold 18.66 px.
  const hardly_readable = () => {
    const all = texts(), drawn = all.filter(text => text.svg), found = new Map();
    for (const text of all) {
      const twin = drawn.find(other => other !== text && twins(text, other));
      if (twin && stroked(text.style)) continue; // a halo
      const {style, box, element} = text, shown = text.svg ? style.fill : style.color;
      const scale = text.svg ? Math.hypot(element.getScreenCTM().a, element.getScreenCTM().b) : 1;
      const size = parseFloat(style.fontSize) * scale;
      const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
      const faint = (text.svg ? style.fillOpacity : 1) * opacity(element);
      for (const part of [0.1, 0.5, 0.9]) {
        const x = box.left + part * (box.right - box.left), y = (box.top + box.bottom) / 2;
        const ground = background(twin ?? text, x, y);
        const reached = ratio(over(ground, channels(shown), faint), ground);
        if (reached < needed - 0.005) found.set(text, say(text, `contrast ${reached.toFixed(2)}`));
      }
    }
    return [...found.values()];
  };

  // -- document -------------------------------------------------------------------------------

  const ids_twice = () => {
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    return [...new Set(ids.filter((id, k) => ids.indexOf(id) !== k))];
  };
  const links_to_nothing = () => [...document.querySelectorAll("a[href^='#']")]
    .map(link => decodeURIComponent(link.hash.slice(1)))
    .filter(id => !document.getElementById(id));
  const headings_out_of_order = () => {
    const all = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
    const levels = all.map(heading => Number(heading.tagName[1]));
    const found = all.filter((_, k) => levels[k] > (levels[k - 1] ?? 0) + 1)
      .map(heading => `${heading.tagName} “${heading.textContent.trim()}” skips a level`);
    const firsts = levels.filter(level => level === 1).length;
    return firsts === 1 ? found : [...found, `${firsts} headings h1`];
  };
  // Whoever points at a figure or table finds its address on a link sign; a fold has one, too.
  const without_an_address = () => [...document.querySelectorAll("figure, table:has(caption), details:has(> summary > h2), section")]
    .map(part => [part, part.matches("table") ? part.closest("[id]:not(section, details)") : part])
    .filter(([part, named]) => !named?.id ||
      (part.matches("figure, table") && !named.querySelector(`a[href="#${CSS.escape(named.id)}"]`)))
    .map(([part]) => `${place(part)} “${part.textContent.trim().slice(0, 40)}” has no id or no link sign`);
  const files = () => [...document.querySelectorAll("a[href]")]
    .map(link => link.getAttribute("href")).filter(to => !/^(#|[a-z]+:)/.test(to));
  const drawings_without_words = () => [...document.querySelectorAll("svg:not([aria-hidden=true])")]
    .filter(svg => !svg.matches("svg svg"))
    .filter(svg => svg.getAttribute("role") !== "img" ||
      !["title", "desc"].every(part => svg.querySelector(`:scope > ${part}`)?.textContent.trim()))
    .map(svg => `${place(svg)} lacks role=img, title or desc`);
  const runs_code = () => [
    ...[...document.scripts].map(script => `<script> ${script.src}`),
    ...[...document.querySelectorAll("*")].flatMap(element => [...element.attributes]
      .filter(a => /^on/i.test(a.name) || /^\s*javascript:/i.test(a.value))
      .map(a => `${place(element)} ${a.name}="${a.value}"`)),
  ];

  // -- folds ----------------------------------------------------------------------------------

  const summaries = () => [...document.querySelectorAll("summary")].filter(seen);
  const summary = k => summaries()[k];
  const folded = () => [...document.querySelectorAll("details")].filter(seen)
    .filter(fold => ![...fold.children].some(part => !part.matches("summary") && seen(part)))
    .map(fold => `${place(fold)} “${fold.firstElementChild.textContent.trim()}” is folded`);
  const open_all = (open, which = "details") => {
    for (const fold of document.querySelectorAll(which)) fold.open = open;
  };

  // Where the keyboard is: a number for the element; its place in `summaries`, or -1; whether its
  // fold is open; whether it is shown to be there.
  const focus = () => {
    const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    return {
      number: [...document.querySelectorAll("*")].indexOf(at), page: at === document.body,
      what: `${place(at)} “${at.textContent.trim().slice(0, 40)}”`,
      summary: summaries().indexOf(at), open: at.parentElement?.open ?? false,
      shown: ring && at.matches(":focus-visible") && box.width > 1 && box.height > 1,
    };
  };

  // The first screen ends where the first fold of the page begins.
  const end = () => document.querySelector("details[id]");
  const sizes = () => ({
    page: document.scrollingElement.scrollHeight,
    first: Math.ceil((end()?.getBoundingClientRect().top ?? 0) + scrollY),
  });
  // Words of the first screen: what is seen outside drawings, cut at spaces, with a letter in it.
  // Names beside numbers and the line of the command count; labels of a chart do not: words in the
  // drawing, of its legend and of its files.
  const first_words = () => {
    const fold = end(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const before = element =>
      !fold || element.compareDocumentPosition(fold) & Node.DOCUMENT_POSITION_FOLLOWING;
    const found = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!before(element) || element.closest("svg, style, title, figure .key, .source, .move") || !seen(element)) continue;
      found.push(...walker.currentNode.data.split(/\s+/).filter(word => /\p{Letter}/u.test(word)));
    }
    return found;
  };

  const put_on = paper => {
    document.getElementById("paper-of-the-test")?.remove();
    const rule = Object.assign(document.createElement("style"), {id: "paper-of-the-test"});
    rule.textContent = paper && `@page { size: ${paper}; }`;
    document.head.append(rule);
  };
  // Breadth of what is printed on paper of a width: less the margins of the style sheet, in pixels.
  const printed_width = paper => {
    const rule = [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
      .flatMap(rule => rule instanceof CSSMediaRule ? [...rule.cssRules] : [rule])
      .find(rule => rule instanceof CSSPageRule);
    const probe = document.body.appendChild(document.createElement("div"));
    const breadth = length => {
      probe.style.cssText = `position: absolute; width: ${length}`;
      return probe.getBoundingClientRect().width;
    };
    const [left, right] = ["margin-left", "margin-right"]
      .map(side => breadth(rule?.style.getPropertyValue(side) || "1cm"));
    const all = breadth(paper);
    probe.remove();
    return Math.floor(all - left - right);
  };

  const layout = {out_of_the_drawing, over_each_other, over_an_edge, cut, squeezed,
    page_scrolls_sideways, scrolls_out_of_reach};
  const source = {ids_twice, links_to_nothing, headings_out_of_order, drawings_without_words,
    without_an_address, runs_code};
  const all = (checks, ...given) => Object.fromEntries(
    Object.entries(checks).map(([name, check]) => [name, check(...given)]));
  return {
    layout: given => all(layout, given), source: () => all(source), hardly_readable,
    summaries: () => summaries().length, summary, open_all, folded, focus, files, put_on, sizes, first_words,
    drawings: () => drawings().length, printed_width, too_wide,
  };
})();
