"use strict";
// Lights up the words of an item and the item of a word, by pointer and by keyboard alike. Works on what stands in the
// page and asks nothing of the network.
const words = new Map();
const items = new Map();
for (const piece of document.querySelectorAll("[data-ids]")) {
  for (const id of piece.dataset.ids.split(" ")) {
    if (!words.has(id)) words.set(id, []);
    words.get(id).push(piece);
  }
}
for (const item of document.querySelectorAll("[data-id]")) items.set(item.dataset.id, item);

let lit = [];
function light(ids, wordsOf) {
  for (const element of lit) element.classList.remove("lit");
  lit = ids.map((id) => items.get(id)).filter(Boolean);
  for (const id of wordsOf) lit.push(...(words.get(id) || []));
  for (const element of lit) element.classList.add("lit");
}
function under(target) {
  const item = target.closest("[data-id]");
  if (item) return light([item.dataset.id], [item.dataset.id]);
  const piece = target.closest("[data-ids]");
  if (!piece) return light([], []);
  const ids = piece.dataset.ids.split(" ");
  light(ids, ids.slice(0, 1));
}
document.addEventListener("mouseover", (event) => under(event.target));
document.addEventListener("focusin", (event) => under(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") light([], []);
  const item = event.target.closest && event.target.closest("[data-id]");
  if (event.key === "Enter" && item && event.target === item) show(item.dataset.id);
});
const calm = matchMedia("(prefers-reduced-motion: reduce)");
function show(id) {
  const first = (words.get(id) || [])[0];
  if (first) first.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-ids]");
  if (link) {
    const item = items.get(link.hash.slice(1));
    if (!item) return;
    event.preventDefault();
    item.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    item.focus({ preventScroll: true });
    return;
  }
  const item = event.target.closest("[data-id]");
  if (item && !event.target.closest("a") && !String(getSelection())) show(item.dataset.id);
});
