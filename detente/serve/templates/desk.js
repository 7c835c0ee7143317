// What pages do beyond their tables where scripts run: the dark switch, the line of tension, the map, the network, and
// saving a picture. Everything is drawn from data that stands in the page.
"use strict";

const read = (id) => { const block = document.getElementById(id); return block ? JSON.parse(block.textContent) : null; };
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function theme() {
  const button = document.getElementById("theme"), root = document.documentElement;
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const show = () => { button.textContent = dark() ? "Light" : "Dark"; };
  const kept = localStorage.getItem("theme");
  if (kept) root.dataset.theme = kept;
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; localStorage.setItem("theme", root.dataset.theme); show(); location.reload(); });
  show();
}

function tension() {
  const lines = read("lines"), box = document.querySelector("#tension .chart");
  if (!lines || !box || !window.uPlot) return;
  const days = lines.days.map((day) => Date.parse(day) / 1000);
  const series = [{}, { label: "PLOVER", stroke: colour("--down"), width: 2, points: { size: 4 } }];
  const data = [days, lines.sums];
  if (lines.second) { series.push({ label: "second", stroke: colour("--up"), dash: [6, 4], width: 2 }); data.push(lines.second); }
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 } };
  new uPlot({ width: box.clientWidth, height: 220, series, axes: [axis, axis], scales: { x: { time: true } }, legend: { show: false } }, data, box);
}

// Points that lie within a few pixels of each other are one circle with their number.
function clusters(points, project, reach) {
  const found = [];
  for (const point of points) {
    const place = project([point.longitude, point.latitude]);
    if (!place) continue;
    const near = found.find((c) => Math.hypot(c.x - place[0], c.y - place[1]) < reach);
    if (near) { near.points.push(point); near.claimed = near.claimed || point.claimed_by; }
    else found.push({ x: place[0], y: place[1], points: [point], claimed: point.claimed_by });
  }
  return found;
}

async function map() {
  const points = read("points"), figure = document.getElementById("map");
  if (!points || !figure || !window.d3) return;
  const atlas = await (await fetch(figure.dataset.shapes)).json();
  const width = figure.clientWidth, height = Math.round(width * 0.5);
  const svg = d3.select(figure).select("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  const land = topojson.feature(atlas, atlas.objects.countries);
  const shown = points.length ? { type: "MultiPoint", coordinates: spread(points) } : { type: "Sphere" };
  const projection = d3.geoEqualEarth().fitExtent([[30, 30], [width - 30, height - 30]], shown);
  const path = d3.geoPath(projection);
  svg.append("g").selectAll("path").data(land.features).join("path").attr("class", "land").attr("d", path);
  const marks = svg.append("g").selectAll("a").data(clusters(points, projection, 14)).join("a")
    .attr("href", (c) => c.points.length === 1 ? `/incidents/${encodeURIComponent(c.points[0].id)}` : `/search?country=&q=${encodeURIComponent(c.points[0].place)}`)
    .attr("aria-label", words);
  marks.append("title").text(words);
  marks.append("circle").attr("cx", (c) => c.x).attr("cy", (c) => c.y).attr("r", (c) => 5 + 3 * Math.sqrt(c.points.length))
    .attr("class", (c) => `point ${conflict(c) ? "down" : "up"}${c.claimed ? " claimed" : ""}`);
  marks.filter((c) => c.points.length > 1).append("text").attr("class", "count").attr("x", (c) => c.x).attr("y", (c) => c.y + 3).text((c) => c.points.length);
}

const conflict = (cluster) => cluster.points.filter((p) => p.quad > 2).length * 2 >= cluster.points.length;
const words = (c) => `${c.points[0].place}: ${c.points.length} incident${c.points.length > 1 ? "s" : ""}${c.claimed ? `, claimed by ${c.claimed}` : ""}`;

// A single place would fill the map: some degrees around all points are shown.
function spread(points) {
  const around = 4;
  return points.flatMap((p) => [[p.longitude - around, Math.max(-85, p.latitude - around)], [p.longitude + around, Math.min(85, p.latitude + around)]]);
}

function network() {
  const ties = read("ties"), box = document.querySelector("#network .canvas");
  if (!ties || !box || !ties.length || !window.cytoscape) return;
  const names = [...new Set(ties.flatMap((tie) => [tie.a, tie.b]))];
  const graph = cytoscape({
    container: box,
    elements: [
      ...names.map((id) => ({ data: { id } })),
      ...ties.map((tie) => ({ data: { source: tie.a, target: tie.b, width: 1 + Math.sqrt(tie.up + tie.down), colour: colour(tie.down > tie.up ? "--down" : "--up") } })),
    ],
    style: [
      { selector: "node", style: { label: "data(id)", color: colour("--ink"), "background-color": colour("--soft"), "font-size": 11, width: 14, height: 14 } },
      { selector: "edge", style: { width: "data(width)", "line-color": "data(colour)", "curve-style": "bezier", opacity: 0.75 } },
    ],
    layout: { name: "cose", animate: false, randomize: false, padding: 30 },
    userZoomingEnabled: false,
  });
  graph.on("tap", "edge", (event) => { location.href = `/pairs/${encodeURIComponent(event.target.data("source"))}/${encodeURIComponent(event.target.data("target"))}`; });
  box.dataset.ready = "yes";
  const button = document.querySelector("#network [data-save=png]");
  button.hidden = false;
  button.addEventListener("click", () => save(graph.png({ bg: colour("--paper"), scale: 2 }), "network.png"));
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

// A picture carries its colours with it: styles of the page are written into a copy.
function standalone(svg) {
  const copy = svg.cloneNode(true), from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((node, n) => { const style = getComputedStyle(node); for (const name of ["fill", "stroke", "stroke-width", "fill-opacity", "font-size"]) to[n].setAttribute(name, style.getPropertyValue(name)); });
  const box = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  return { text: new XMLSerializer().serializeToString(copy), width: box.width, height: box.height };
}

function pictures() {
  for (const button of document.querySelectorAll("figure button[data-save]")) {
    const svg = button.closest("figure").querySelector("svg");
    if (!svg) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const made = standalone(svg), address = URL.createObjectURL(new Blob([made.text], { type: "image/svg+xml" }));
      if (button.dataset.save === "svg") return save(address, "chart.svg");
      const image = new Image();
      image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = 2 * made.width; canvas.height = 2 * made.height;
        const pen = canvas.getContext("2d");
        pen.fillStyle = colour("--paper"); pen.fillRect(0, 0, canvas.width, canvas.height);
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        save(canvas.toDataURL("image/png"), "chart.png");
      };
      image.src = address;
    });
  }
}

theme();
addEventListener("DOMContentLoaded", () => { tension(); map().then(() => { document.documentElement.dataset.ready = "yes"; }); network(); pictures(); });
