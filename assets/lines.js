// Line numbers beside <textarea data-lines>, and links that lead to a line of it.
function number(area, gutter) {
  const count = area.value.split("\n").length;
  if (Number(gutter.dataset.count) !== count) {
    gutter.dataset.count = count;
    gutter.textContent = Array.from({ length: count }, (_, index) => index + 1).join("\n");
  }
  gutter.scrollTop = area.scrollTop;
}

function showLine(area, line) {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1] || "").length);
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 5) * height);
}

export function numberLines(root) {
  for (const area of root.querySelectorAll("textarea[data-lines]:not([data-numbered])")) {
    area.dataset.numbered = "";
    const frame = document.createElement("div");
    frame.className = "lined";
    area.replaceWith(frame);
    const gutter = document.createElement("pre");
    gutter.className = "line-numbers";
    gutter.setAttribute("aria-hidden", "true");
    frame.append(gutter, area);
    const renew = () => number(area, gutter);
    area.addEventListener("input", renew);
    area.addEventListener("scroll", renew);
    renew();
    for (const link of root.querySelectorAll("a[data-line]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        showLine(area, Number(link.dataset.line));
      });
    }
  }
}
