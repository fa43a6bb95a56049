// Draws <figure data-chart="id of a JSON script"> with ECharts. The data is a small neutral
// description made by zhijian.foundation.charts; every figure also stands in a table beside it.
import { BarChart, GaugeChart, HeatmapChart, LineChart, CustomChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { bars, lines, pareto } from "./charts/series.js";
import { gauge, heatmap, ranking } from "./charts/fields.js";

echarts.use([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  CustomChart,
  GaugeChart,
  GridComponent,
  HeatmapChart,
  LegendComponent,
  LineChart,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
]);

const KINDS = { bars, lines, pareto, heatmap, ranking, gauge };

function baseOption() {
  const style = getComputedStyle(document.body);
  return {
    animation: false,
    textStyle: { fontFamily: style.fontFamily, fontSize: 12, color: style.color },
    aria: { enabled: false },
    tooltip: { trigger: "axis", confine: true, transitionDuration: 0 },
  };
}

function draw(figure) {
  if (figure.dataset.drawn) return;
  const source = document.getElementById(figure.dataset.chart);
  const box = figure.querySelector(".chart-box");
  if (!source || !box) return;
  figure.dataset.drawn = "1";
  const spec = JSON.parse(source.textContent);
  const chart = echarts.init(box, null, { renderer: "canvas" });
  chart.setOption({ ...baseOption(), ...KINDS[spec.kind](spec, box.clientWidth) });
  chart.on("click", ({ data }) => {
    if (data?.link) location.assign(data.link);
  });
  new ResizeObserver(() => chart.resize()).observe(box);
}

function drawAll(root) {
  if (root.matches?.("[data-chart]")) draw(root);
  for (const figure of root.querySelectorAll?.("[data-chart]") ?? []) draw(figure);
}

// Loaded on demand, when the page is already there.
drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.target));
