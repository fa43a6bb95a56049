// The drawing code is large; it is fetched by the first page part that holds a chart.
let asked = false;

export function loadCharts(root) {
  if (asked || !(root.matches?.("[data-chart]") || root.querySelector("[data-chart]"))) return;
  asked = true;
  const script = document.createElement("script");
  script.src = document.querySelector("meta[name=charts-script]").content;
  document.head.append(script);
}
