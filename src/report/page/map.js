// The map of report.html: what it draws, how it is moved, and what it answers.
//
// It reads the block of data in the page and nothing else: no request leaves the page. What comes
// from the data is shown by `textContent` alone, so that a name stays a name.
"use strict";

function startMap(data) {
  const byId = (id) => document.getElementById(id);
  const words = data.words;
  document.documentElement.classList.add("live");
  const canvas = byId("canvas"), stage = byId("stage"), tip = byId("tip"), chosen = byId("chosen");
  const pen = canvas.getContext("2d");
  const cells = data.cells, sites = data.sites;
  cells.x = summed(cells.x); cells.y = summed(cells.y);
  if (sites.within) sites.within = sites.within.map(placesOf);
  const count = cells.x.length;
  const index = gridOf(cells.x, cells.y, data.size);
  const paths = { streets: pathOf(data.streets), water: pathOf(data.water), boundary: pathOf(data.boundary), borders: pathOf(data.borders) };
  const lands = data.lands.map((land) => pathOf(land.rings));
  const layers = layersOf();
  const first = layers.find((layer) => layer.members.some((of) => of.length)) || layers[0];
  // What is shown: the layer, what is switched off, the middle of the view and its pixels a metre.
  const state = { layer: first, off: new Set(lands.map((_, place) => "land" + place)), x: 0, y: 0, k: 1, picked: null };
  let waiting = false;
  // The place in the tables of each id; the first of equal ones.
  const placeOf = { cell: places(cells.id), site: places(sites.id) };

  // An element with a text and children.
  function made(tag, text, children) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    (children || []).forEach((child) => element.append(child));
    return element;
  }

  function places(ids) {
    const found = new Map();
    for (let i = ids.length - 1; i >= 0; i--) found.set(ids[i], i);
    return found;
  }

  // Numbers from their differences.
  function summed(steps) {
    const sums = new Int32Array(steps.length);
    let sum = 0;
    for (let i = 0; i < steps.length; i++) sums[i] = sum += steps[i];
    return sums;
  }

  // Places from their runs: how many are left out, then how many follow each other.
  function placesOf(runs) {
    const found = [];
    for (let r = 0, at = 0; r < runs.length; r += 2) {
      at += runs[r];
      for (let n = 0; n < runs[r + 1]; n++) found.push(at++);
    }
    return found;
  }

  // All lines as one path, in metres of the plane.
  function pathOf(lines) {
    const path = new Path2D();
    for (const line of lines) {
      let x = 0, y = 0;
      for (let i = 0; i < line.length; i += 2) {
        x += line[i]; y += line[i + 1];
        if (i === 0) path.moveTo(x, y); else path.lineTo(x, y);
      }
    }
    return path;
  }

  // Points by squares of a grid, so that the nearest one is found without looking at all.
  function gridOf(xs, ys, size) {
    const side = Math.max(1, Math.max(size[0], size[1]) / 256);
    const wide = Math.floor(size[0] / side) + 1, high = Math.floor(size[1] / side) + 1;
    const square = (x, y) => {
      const column = Math.min(wide - 1, Math.max(0, Math.floor(x / side)));
      const row = Math.min(high - 1, Math.max(0, Math.floor(y / side)));
      return row * wide + column;
    };
    const starts = new Int32Array(wide * high + 1);
    for (let i = 0; i < xs.length; i++) starts[square(xs[i], ys[i]) + 1]++;
    for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
    const next = starts.slice(), members = new Int32Array(xs.length);
    for (let i = 0; i < xs.length; i++) members[next[square(xs[i], ys[i])]++] = i;
    // The nearest member no farther than so many metres; -1 for none.
    const nearest = (x, y, most) => {
      let best = -1, least = most * most;
      const from = square(x - most, y - most), to = square(x + most, y + most);
      for (let row = Math.floor(from / wide); row <= Math.floor(to / wide); row++) {
        for (let column = from % wide; column <= to % wide; column++) {
          const at = row * wide + column;
          for (let m = starts[at]; m < starts[at + 1]; m++) {
            const i = members[m], dx = xs[i] - x, dy = ys[i] - y, off = dx * dx + dy * dy;
            if (off < least || (off === least && best < 0)) { best = i; least = off; }
          }
        }
      }
      return best;
    };
    return { nearest };
  }

  // What colours can tell. Each layer puts every cell into a class; 255 is none.
  function layersOf() {
    const verdicts = (digits) => {
      const of = new Uint8Array(count);
      for (let i = 0; i < count; i++) of[i] = digits[i] === "-" ? 255 : Number(digits[i]);
      return of;
    };
    const ramp = ["#440154", "#3b528b", "#21918c", "#5ec962", "#d4b400", "#b03a00"];
    const breaks = [1 / 3, 2 / 3, 1, 4 / 3, 2].map((part) => Math.round(data.limit * part * 10) / 10);
    const minutes = new Uint8Array(count), score = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const walk = cells.seconds[i];
      minutes[i] = walk < 0 ? 5 : breaks.findIndex((most) => walk <= most * 60);
      if (minutes[i] === 255) minutes[i] = 5;
      const done = cells.score[i];
      score[i] = done < 0 ? 255 : done >= 100 ? 0 : 5 - Math.min(4, Math.floor(done / 20));
    }
    const share = new Uint8Array(count).fill(255);
    for (let i = 0; i < count; i++) {
      const part = cells.covered[i] / cells.people[i];
      // Who is asked nothing has no share; all are covered only where the verdict says so.
      if (cells.verdict[i] === "-" || !(cells.people[i] > 0)) continue;
      share[i] = cells.verdict[i] === "0" ? 0 : part <= 0 ? 5 : 4 - Math.floor(Math.min(part, 0.999) * 4);
    }
    const parts = ["100 %", "75–99.9 %", "50–74.9 %", "25–49.9 %", "0.1–24.9 %", "0 %"];
    // The first that has members is shown first.
    const all = [
      { key: "share", of: share, classes: ramp.map((colour, place) => ({ colour, name: parts[place] })) },
      { key: "verdict", classes: data.verdicts, of: verdicts(cells.verdict) },
      ...(cells.firm_verdict ? [{ key: "firms", classes: data.verdicts, of: verdicts(cells.firm_verdict) }] : []),
      { key: "minutes", of: minutes, classes: ramp.map((colour, place) => ({ colour,
        name: place < 5 ? words.up_to.replace("{m}", breaks[place]) : words.beyond })) },
      { key: "score", of: score, classes: ramp.map((colour, place) => ({ colour,
        name: place ? (5 - place) * 20 + "–" + ((6 - place) * 20 - (place === 1 ? 0.1 : 0)) + " %" : "100 %" })) },
    ];
    if (cells.after) all.push({ key: "after", classes: data.verdicts, of: verdicts(cells.after) });
    for (const layer of all) {
      layer.name = words.layers[layer.key];
      // The members of each class together, so that a colour is set once a drawing.
      layer.members = layer.classes.map(() => []);
      for (let i = 0; i < count; i++) if (layer.of[i] !== 255) layer.members[layer.of[i]].push(i);
    }
    return all;
  }

  // ---- Drawing ----------------------------------------------------------------------------

  const toScreen = (x, y) => [(x - state.x) * state.k + canvas.clientWidth / 2, (y - state.y) * state.k + canvas.clientHeight / 2];
  const toPlane = (px, py) => [(px - canvas.clientWidth / 2) / state.k + state.x, (py - canvas.clientHeight / 2) / state.k + state.y];

  function draw() {
    waiting = false;
    const sharp = window.devicePixelRatio || 1;
    const wide = canvas.clientWidth, high = canvas.clientHeight;
    if (canvas.width !== Math.round(wide * sharp)) canvas.width = Math.round(wide * sharp);
    if (canvas.height !== Math.round(high * sharp)) canvas.height = Math.round(high * sharp);
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, wide, high);
    const [ox, oy] = toScreen(0, 0);
    // Lines are in metres: the pen is scaled, and its width scaled back.
    pen.setTransform(state.k * sharp, 0, 0, state.k * sharp, ox * sharp, oy * sharp);
    pen.lineJoin = "round";
    const line = (path, colour, width) => { pen.strokeStyle = colour; pen.lineWidth = width / state.k; pen.stroke(path); };
    // Where outer rings and holes turn opposite ways, overlapping land is filled once.
    lands.forEach((path, place) => {
      if (state.off.has("land" + place)) return;
      pen.fillStyle = "rgba(240,228,66,.35)"; pen.fill(path, "nonzero"); line(path, "#a08c00", 0.7);
    });
    if (!state.off.has("water")) { line(paths.water, "#cfe3f3", 6); line(paths.water, "#5b9bd0", 1.2); }
    if (!state.off.has("borders")) line(paths.borders, "#a58fc0", 1.2);
    pen.setLineDash([9 / state.k, 4 / state.k, 2 / state.k, 4 / state.k]);
    if (!state.off.has("boundary")) line(paths.boundary, "#777", 1.5);
    pen.setLineDash([]);
    if (!state.off.has("streets")) line(paths.streets, "#c4c4c4", state.k > 0.05 ? 1.6 : 0.8);
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    const drawn = { cells: drawCells(wide, high), sites: drawSites(wide, high) };
    drawNames(wide, high);
    drawPicked();
    drawScale(high);
    // For whoever looks without eyes, and for tests.
    const picked = state.picked && state.picked.kind === "site" ? reaching(state.picked.i).length : -1;
    canvas.dataset.reaching = picked < 0 ? "" : picked;
    canvas.dataset.drawn = state.layer.key + " cells:" + drawn.cells + " sites:" + drawn.sites +
      " off:" + Array.from(state.off).sort().join(",");
  }

  // How much larger dots are than in the view of all.
  const grown = () => Math.min(2, Math.max(0.75, Math.sqrt(state.k / fitted()) * 0.7));
  function drawCells(wide, high) {
    const [west, north] = toPlane(-8, -8), [east, south] = toPlane(wide + 8, high + 8);
    const grow = grown();
    const small = count > 20000;
    let drawn = 0;
    state.layer.classes.forEach((look, place) => {
      pen.fillStyle = look.colour;
      for (const i of state.layer.members[place]) {
        const x = cells.x[i], y = cells.y[i];
        if (x < west || x > east || y < north || y > south) continue;
        drawn++;
        const p = cells.people[i], r = (p <= 30 ? 1.9 : p <= 80 ? 2.5 : p <= 160 ? 3.2 : 4.2) * grow * (small ? 0.7 : 1);
        const px = (x - state.x) * state.k + wide / 2, py = (y - state.y) * state.k + high / 2;
        if (small && r < 3.5) { pen.fillRect(px - r, py - r, 2 * r, 2 * r); continue; }
        pen.beginPath(); pen.arc(px, py, r, 0, 7); pen.fill();
        if (look.outline) { pen.strokeStyle = look.outline; pen.lineWidth = 1; pen.stroke(); }
      }
    });
    return drawn;
  }

  // A shape for each kind of site, so that kinds are told apart without colours.
  const shapes = [
    (x, y, r) => { pen.moveTo(x, y - r); pen.lineTo(x + r, y); pen.lineTo(x, y + r); pen.lineTo(x - r, y); },
    (x, y, r) => pen.rect(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6),
    (x, y, r) => { pen.moveTo(x, y - r); pen.lineTo(x + r, y + r * 0.8); pen.lineTo(x - r, y + r * 0.8); },
    (x, y, r) => pen.arc(x, y, r * 0.85, 0, 7),
    (x, y, r) => { pen.moveTo(x, y + r); pen.lineTo(x + r, y - r * 0.8); pen.lineTo(x - r, y - r * 0.8); },
  ];
  function shape(kind, x, y, r) {
    pen.beginPath(); shapes[kind % shapes.length](x, y, r); pen.closePath();
    pen.fillStyle = kind < shapes.length ? "#fff" : "#333"; pen.strokeStyle = kind < shapes.length ? "#111" : "#fff"; pen.lineWidth = 1.4;
    pen.fill(); pen.stroke();
  }

  const siteOff = (i) => state.off.has("sites" + sites.kind[i]);
  function drawSites(wide, high) {
    const size = Math.min(7, Math.max(3.5, 3.5 * Math.sqrt(state.k / fitted())));
    let drawn = 0;
    for (let i = 0; i < sites.x.length; i++) {
      const [x, y] = toScreen(sites.x[i], sites.y[i]);
      if (siteOff(i) || x < -9 || y < -9 || x > wide + 9 || y > high + 9) continue;
      shape(sites.kind[i], x, y, size); drawn++;
    }
    return drawn;
  }

  // Names, the weightiest first, where they keep off each other and off the sites.
  function drawNames(wide, high) {
    if (state.off.has("names")) return;
    const taken = [];
    const place = (text, x, y, font) => {
      pen.font = font;
      const half = pen.measureText(text).width / 2 + 3, box = [x - half, y - 9, x + half, y + 9];
      if (box[0] < 0 || box[2] > wide || box[1] < 0 || box[3] > high) return;
      if (taken.some((t) => t[0] < box[2] && box[0] < t[2] && t[1] < box[3] && box[1] < t[3])) return;
      taken.push(box);
      pen.textAlign = "center"; pen.textBaseline = "middle";
      pen.lineWidth = 4; pen.strokeStyle = "rgba(255,255,255,.92)"; pen.strokeText(text, x, y);
      pen.fillStyle = "#111"; pen.fillText(text, x, y);
    };
    const family = getComputedStyle(document.body).fontFamily;
    for (const [x, y, name] of data.labels) { const at = toScreen(x, y); place(name, at[0], at[1] - 15, "700 14px " + family); }
    if (state.k < 4 * fitted()) return;
    for (let i = 0; i < sites.x.length; i++) {
      const at = toScreen(sites.x[i], sites.y[i]);
      if (!siteOff(i)) place(sites.name[i] || sites.id[i], at[0], at[1] + 16, "12px " + family);
    }
  }

  // What is chosen has a ring; of a site also the cells that reach it in time, joined with those for whom it
  // is the nearest.
  function drawPicked() {
    const picked = state.picked;
    if (!picked) return;
    const of = picked.kind === "cell" ? cells : sites;
    const [x, y] = toScreen(of.x[picked.i], of.y[picked.i]);
    pen.strokeStyle = "#d55e00";
    if (picked.kind === "site") {
      pen.lineWidth = 1; pen.beginPath();
      for (let i = 0; i < count; i++) {
        if (cells.site[i] !== picked.i) continue;
        const at = toScreen(cells.x[i], cells.y[i]);
        pen.moveTo(x, y); pen.lineTo(at[0], at[1]);
      }
      pen.stroke();
      // A little wider than the widest dot, in a colour that no layer has.
      const wide = 4.2 * grown() + 2.5;
      pen.strokeStyle = "#0072b2"; pen.lineWidth = 2; pen.beginPath();
      for (const i of reaching(picked.i)) {
        const at = toScreen(cells.x[i], cells.y[i]);
        pen.moveTo(at[0] + wide, at[1]); pen.arc(at[0], at[1], wide, 0, 7);
      }
      pen.stroke();
      pen.strokeStyle = "#d55e00";
    }
    pen.lineWidth = 3; pen.beginPath(); pen.arc(x, y, 11, 0, 7); pen.stroke();
  }

  // A bar of a round length on the ground.
  function drawScale(high) {
    const metres = 120 / state.k * data.ground, ten = Math.pow(10, Math.floor(Math.log10(metres)));
    const round = [5, 2, 1].map((n) => n * ten).find((n) => n <= metres) || ten;
    const length = round / data.ground * state.k;
    pen.fillStyle = "rgba(255,255,255,.85)"; pen.fillRect(6, high - 34, length + 22, 28);
    pen.strokeStyle = "#111"; pen.lineWidth = 2; pen.beginPath();
    pen.moveTo(14, high - 18); pen.lineTo(14, high - 12); pen.lineTo(14 + length, high - 12); pen.lineTo(14 + length, high - 18); pen.stroke();
    pen.fillStyle = "#111"; pen.font = "12px sans-serif"; pen.textAlign = "left"; pen.textBaseline = "alphabetic";
    pen.fillText(round >= 1000 ? round / 1000 + " km" : round + " m", 16, high - 21);
  }

  function redraw() { if (!waiting) { waiting = true; requestAnimationFrame(draw); } }

  // ---- Moving -----------------------------------------------------------------------------

  function fitted() {
    const [west, north, east, south] = data.view;
    return 0.95 * Math.min(canvas.clientWidth / (east - west), canvas.clientHeight / (south - north));
  }
  function fit() {
    state.x = (data.view[0] + data.view[2]) / 2; state.y = (data.view[1] + data.view[3]) / 2;
    state.k = fitted(); redraw();
  }
  // Nearer or farther, with the place under the pointer kept where it is.
  function zoom(by, px, py) {
    const [x, y] = toPlane(px, py);
    state.k = Math.min(4, Math.max(fitted() / 4, state.k * by));
    state.x = x - (px - canvas.clientWidth / 2) / state.k; state.y = y - (py - canvas.clientHeight / 2) / state.k;
    redraw();
  }
  const zoomAmid = (by) => zoom(by, canvas.clientWidth / 2, canvas.clientHeight / 2);

  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => { canvas.focus({ preventScroll: true }); canvas.setPointerCapture(event.pointerId); fingers.set(event.pointerId, event); moved = 0; });
  canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) { hover(event); return; }
    const dx = event.offsetX - before.offsetX, dy = event.offsetY - before.offsetY;
    moved += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2) {
      const other = Array.from(fingers.values()).find((finger) => finger.pointerId !== event.pointerId);
      const apart = (finger) => Math.hypot(finger.offsetX - other.offsetX, finger.offsetY - other.offsetY);
      zoom(apart(event) / Math.max(1, apart(before)), (event.offsetX + other.offsetX) / 2, (event.offsetY + other.offsetY) / 2);
    } else { state.x -= dx / state.k; state.y -= dy / state.k; redraw(); }
    fingers.set(event.pointerId, event);
  });
  const lift = (event) => fingers.delete(event.pointerId);
  canvas.addEventListener("pointerup", (event) => { lift(event); if (moved < 5) pick(under(event.offsetX, event.offsetY), true); });
  canvas.addEventListener("pointercancel", lift);
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
  // The wheel scrolls the page until the map is chosen, or with the key that zooms everywhere.
  canvas.addEventListener("wheel", (event) => { if (!event.ctrlKey && document.activeElement !== canvas) return; event.preventDefault(); zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY); }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = 60 / state.k, moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (moves) { state.x += moves[0]; state.y += moves[1]; redraw(); event.preventDefault(); }
    if (event.key === "+" || event.key === "=") zoomAmid(1.5);
    if (event.key === "-") zoomAmid(1 / 1.5);
  });
  byId("in").addEventListener("click", () => zoomAmid(1.6));
  byId("out").addEventListener("click", () => zoomAmid(1 / 1.6));
  byId("fit").addEventListener("click", fit);

  // ---- Asking -----------------------------------------------------------------------------

  // What lies under a place of the screen: a site before a cell, for sites are drawn on top.
  function under(px, py) {
    let site = -1, least = 11;
    for (let i = 0; i < sites.x.length; i++) {
      const [x, y] = toScreen(sites.x[i], sites.y[i]), off = Math.hypot(x - px, y - py);
      if (off < least && !siteOff(i)) { site = i; least = off; }
    }
    if (site >= 0) return { kind: "site", i: site };
    const [x, y] = toPlane(px, py), cell = index.nearest(x, y, 12 / state.k);
    return cell < 0 ? null : { kind: "cell", i: cell };
  }

  function hover(event) {
    const found = under(event.offsetX, event.offsetY);
    tip.hidden = !found;
    canvas.style.cursor = found ? "pointer" : "grab";
    if (!found) return;
    tip.textContent = found.kind === "cell"
      ? nameOf(cells, found.i) + " · " + verdictOf(cells.verdict[found.i]) + " · " + walk(cells.seconds[found.i])
      : nameOf(sites, found.i);
    tip.style.left = Math.max(0, Math.min(event.offsetX + 14, canvas.clientWidth - tip.offsetWidth)) + "px";
    tip.style.top = Math.max(0, Math.min(event.offsetY + 14, canvas.clientHeight - tip.offsetHeight)) + "px";
  }

  const verdictOf = (digit) => digit === "-" ? words.not_asked : data.verdicts[digit].name;
  const nameOf = (of, i) => of.name[i] || of.id[i];
  // A whole number with its thousands set apart.
  const number = (value) => String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
  function walk(seconds) {
    if (seconds < 0) return words.no_walk;
    return words.walk.replace("{m}", Math.floor(seconds / 60)).replace("{s}", String(seconds % 60).padStart(2, "0"));
  }

  // Shows all that is known of a cell or a site beside the map.
  function pick(found, saved) {
    state.picked = found;
    chosen.replaceChildren();
    if (found) {
      const of = found.kind === "cell" ? cells : sites;
      chosen.append(made("h3", nameOf(of, found.i)), listOf(found.kind === "cell" ? cellRows(found.i) : siteRows(found.i)));
      if (saved) try { history.replaceState(null, "", "#" + found.kind + "=" + encodeURIComponent(of.id[found.i])); } catch (_) { /* a page in a frame may not */ }
    }
    redraw();
  }

  function listOf(rows) {
    const list = made("dl");
    for (const [head, value] of rows) if (value !== "" && value !== undefined) list.append(made("dt", words[head]), made("dd", String(value)));
    return list;
  }

  function cellRows(i) {
    const why = data.whys[cells.why[i]] || ["", ""], firms = cells.firms && cells.firms[i] > 0;
    const group = data.groups[cells.group[i]];
    const firmWhy = firms && data.whys[cells.firm_why[i]] || ["", ""];
    return [
      ["id", cells.id[i]], ["unit", data.units[cells.unit[i]] || ""], ["people", number(cells.people[i])],
      ["covered", cells.verdict[i] === "-" ? "" : number(cells.covered[i]) + " / " + number(cells.people[i])],
      ["verdict", verdictOf(cells.verdict[i]) + (group ? " · " + words.by_group.replace("{g}", group) : "")],
      ["reason", why[0]], ["cure", why[1]],
      ["done", cells.asked[i] ? cells.done[i] + " / " + cells.asked[i] : ""],
      ["site", cells.site[i] < 0 ? "" : nameOf(sites, cells.site[i])], ["minutes", walk(cells.seconds[i])],
      ["after", cells.after ? verdictOf(cells.after[i]) : ""],
      ["firms", firms ? number(cells.firms[i]) : ""],
      ["firm_verdict", firms ? verdictOf(cells.firm_verdict[i]) : ""],
      ["reason", firmWhy[0]], ["cure", firmWhy[1]],
    ];
  }

  const reaching = (i) => sites.within ? sites.within[i] : [];
  function siteRows(i) {
    let near = 0;
    for (let c = 0; c < count; c++) if (cells.site[c] === i) near++;
    return [["id", sites.id[i]], ["kind", data.kinds[sites.kind[i]]], ["items", sites.items[i]],
      ["served", number(sites.people[i])], ["nearest", number(sites.people_nearest[i])], ["near", number(near)],
      ["within", sites.within ? number(reaching(i).length) : ""]];
  }

  // ---- The side: layers, legend, search ---------------------------------------------------

  function side() {
    layers.forEach((layer) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "radio", name: "layer", value: layer.key, checked: layer === first });
      input.addEventListener("change", () => show(layer.key));
      byId("layers").append(made("label", "", [input, " " + layer.name]));
    });
    const marks = [["streets", words.streets, data.streets.length], ["water", words.water, data.water.length],
      ["boundary", words.boundary, data.boundary.length], ["borders", words.borders, data.borders.length], ["names", words.names, data.labels.length]];
    data.kinds.forEach((kind, place) => marks.push(["sites" + place, kind || words.sites, 1, place]));
    data.lands.forEach((land, place) => marks.push(["land" + place, land.name, land.rings.length]));
    for (const [key, name, some, kind] of marks) {
      if (!some) continue;
      const input = document.createElement("input");
      Object.assign(input, { type: "checkbox", value: key, checked: !state.off.has(key) });
      input.addEventListener("change", () => { if (input.checked) state.off.delete(key); else state.off.add(key); redraw(); });
      byId("marks").append(made("label", "", [input, " ", kind === undefined ? "" : made("span", "◇□△○▽◆■▲●▼"[kind % 10] + " "), name]));
    }
    byId("search").addEventListener("input", search);
  }

  function show(key) {
    const layer = layers.find((one) => one.key === key);
    if (!layer) return;
    state.layer = layer;
    byId("legend").replaceChildren();
    layer.classes.forEach((look, place) => {
      if (!layer.members[place].length) return;
      const key = made("span"); key.className = "key"; key.style.background = look.colour;
      if (look.outline) key.style.boxShadow = "inset 0 0 0 1px " + look.outline;
      byId("legend").append(made("li", "", [key, look.name + " (" + number(layer.members[place].length) + ")"]));
    });
    byId("legend").append(made("li", words.size));
    document.querySelectorAll("#layers input").forEach((input) => { input.checked = input.value === key; });
    redraw();
  }

  // The first twelve whose name or id holds the words.
  function search() {
    const asked = byId("search").value.trim().toLowerCase(), hits = byId("hits");
    hits.replaceChildren();
    if (!asked) return;
    const found = [];
    for (const [kind, of] of [["site", sites], ["cell", cells]]) {
      for (let i = 0; i < of.x.length && found.length < 12; i++) {
        if ((of.name[i] || "").toLowerCase().includes(asked) || of.id[i].toLowerCase().includes(asked)) found.push({ kind, i, of });
      }
    }
    data.labels.forEach(([x, y, name]) => { if (name.toLowerCase().includes(asked)) found.unshift({ at: [x, y], name }); });
    for (const hit of found.slice(0, 12)) {
      const button = made("button", hit.name || nameOf(hit.of, hit.i) + (hit.of.name[hit.i] ? " (" + hit.of.id[hit.i] + ")" : ""));
      button.type = "button";
      button.addEventListener("click", () => { hits.replaceChildren(); if (hit.at) goTo(hit.at[0], hit.at[1], 4); else visit(hit); });
      hits.append(made("li", "", [button]));
    }
    if (!found.length) hits.append(made("li", words.nothing));
  }

  function goTo(x, y, near) { state.x = x; state.y = y; state.k = Math.max(state.k, near * fitted()); redraw(); }
  function visit(found) {
    const of = found.kind === "cell" ? cells : sites;
    goTo(of.x[found.i], of.y[found.i], 8);
    pick({ kind: found.kind, i: found.i }, true);
  }

  // Where a longitude and a latitude fall on the plane (conformal, on WGS 84), as the library has it.
  function placed(lon, lat) {
    const a = 6378137, e = 0.0818191908426215, phi = lat * Math.PI / 180;
    const psi = Math.asinh(Math.tan(phi)) - e * Math.atanh(e * Math.sin(phi));
    return [a * lon * Math.PI / 180 - data.corner[0], data.corner[1] - a * psi];
  }

  function follow(asked) {
    if (asked.has("off") || asked.has("on")) {
      const named = (which) => (asked.get(which) || "").split(",");
      document.querySelectorAll("#marks input").forEach((input) => {
        // Land is off until it is asked for, all else on.
        input.checked = input.value.startsWith("land") ? named("on").includes(input.value) : !named("off").includes(input.value);
        input.dispatchEvent(new Event("change"));
      });
    }
    if (asked.has("layer")) show(asked.get("layer"));
    // A link from a table leads up to the map.
    if (["cell", "site", "at"].some((key) => asked.has(key))) byId("where").scrollIntoView();
    for (const kind of ["cell", "site"]) {
      const i = asked.has(kind) ? placeOf[kind].get(asked.get(kind)) : undefined;
      if (i !== undefined) visit({ kind, i });
    }
    const at = (asked.get("at") || "").split(",").map(Number);
    if (at.length === 2 && at.every(Number.isFinite)) {
      goTo(...placed(at[0], at[1]), 8);
      pick(under(canvas.clientWidth / 2, canvas.clientHeight / 2), false);
    }
  }

  side();
  show(first.key);
  fit();
  new ResizeObserver(redraw).observe(stage);
  draw();
  // How long it took to open the page, for whoever wants to know.
  canvas.dataset.ready = Math.round(performance.now()) + " ms";
  return { follow };
}
