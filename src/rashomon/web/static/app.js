// Keys and text selection; everything works without this file. Nothing is fetched, nothing is written into the page
// but values of form fields.
"use strict";

const typing = (target) => target instanceof Element && target.closest("input, select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target)) return;
  const keyed = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (keyed) {
    event.preventDefault();
    if (keyed.matches("input")) keyed.focus();
    else keyed.click();
    return;
  }
  const inside = document.querySelector(`.item.now [data-item-key="${CSS.escape(event.key)}"]`);
  if (inside) {
    event.preventDefault();
    const folded = inside.closest("details");
    if (folded) folded.open = true;
    if (inside.matches("input")) inside.focus();
    else inside.click();
    return;
  }
  if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
  if (event.key === "o") document.querySelector(".item.now a")?.click();
});

function move(step) {
  const items = [...document.querySelectorAll("main .item")].filter((item) => item.offsetParent !== null);
  if (!items.length) return;
  const at = items.findIndex((item) => item.classList.contains("now"));
  const next = items[Math.min(items.length - 1, Math.max(0, at + step))];
  if (at >= 0) items[at].classList.remove("now");
  next.classList.add("now");
  (next.querySelector("a") ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// Selected words of the article go into the form that corrects a value, with where they stand in code points.
const article = document.getElementById("article");
const form = document.getElementById("correct");
if (article && form) {
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.startContainer) || !article.contains(range.endContainer)) return;
    let [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
    const points = [...text()];
    while (start < end && /\s/.test(points[start])) start += 1;
    while (end > start && /\s/.test(points[end - 1])) end -= 1;
    if (start === end) return;
    form.elements.words.value = points.slice(start, end).join("").replace(/\s+/g, " ");
    form.elements.start_char.value = start;
    form.elements.end_char.value = end;
  });
  form.elements.words.addEventListener("input", () => {
    // typed words stand nowhere yet: the server looks for them
    form.elements.start_char.value = "";
    form.elements.end_char.value = "";
  });
}

function* textNodes() {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(".lb")) yield walker.currentNode;
  }
}

function text() {
  return [...textNodes()].map((node) => node.data).join("");
}

function offset(container, inside) {
  const until = document.createRange();
  until.setStart(article, 0);
  until.setEnd(container, inside);
  let count = 0;
  for (const node of textNodes()) {
    if (node === container) return count + [...node.data.slice(0, inside)].length;
    if (!until.intersectsNode(node) || until.comparePoint(node, 0) > 0) break;
    count += [...node.data].length;
  }
  return count;
}
