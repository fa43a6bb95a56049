// Charts along a category axis: bars, stacked bars, lines with limits, Pareto.
import { isCrowded } from "./labels.js";
import { BAD, COLOURS, GRID_LINE, QUIET } from "./palette.js";

function frame(width, hasLegend) {
  return {
    color: COLOURS,
    grid: { left: 8, right: 16, top: hasLegend ? 40 : 20, bottom: 8, containLabel: true },
    legend: { show: hasLegend, top: 0, left: 0, type: "scroll", textStyle: { color: QUIET } },
  };
}

function categoryAxis(names, width) {
  return {
    type: "category",
    data: names,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: GRID_LINE } },
    axisLabel: { color: QUIET, interval: 0, rotate: isCrowded(names, width - 60) ? 40 : 0 },
  };
}

function valueAxis(spec) {
  return {
    type: "value",
    min: spec.low ?? undefined,
    max: spec.high ?? undefined,
    scale: spec.kind === "lines",
    splitLine: { lineStyle: { color: GRID_LINE } },
    axisLabel: { color: QUIET },
  };
}

function limits(spec) {
  if (!spec.limits?.length) return undefined;
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: BAD, type: "dashed" },
    label: { formatter: ({ name }) => name, position: "insideEndTop", color: BAD },
    data: spec.limits.map(({ label, value }) => ({
      name: label,
      [spec.horizontal ? "xAxis" : "yAxis"]: Number(value),
    })),
  };
}

function points(spec, series) {
  return series.values.map((value, index) => ({
    value: value === null ? null : Number(value),
    link: spec.links?.[index],
  }));
}

export function bars(spec, width) {
  const [category, value] = [categoryAxis(spec.categories, width), valueAxis(spec)];
  return {
    ...frame(width, spec.series.length > 1),
    xAxis: spec.horizontal ? value : category,
    yAxis: spec.horizontal ? { ...category, inverse: true } : value,
    series: spec.series.map((series, index) => ({
      type: "bar",
      name: series.name,
      stack: spec.stacked ? "all" : undefined,
      barMaxWidth: 36,
      data: points(spec, series),
      markLine: index === 0 ? limits(spec) : undefined,
    })),
  };
}

export function lines(spec, width) {
  return {
    ...frame(width, spec.series.length > 1),
    xAxis: { ...categoryAxis(spec.categories, width), boundaryGap: false },
    yAxis: valueAxis(spec),
    series: spec.series.map((series, index) => ({
      type: "line",
      name: series.name,
      symbol: ["circle", "rect", "triangle", "diamond"][index % 4],
      symbolSize: 7,
      // Where the colours begin anew, the line does not look the same.
      lineStyle: { type: index < COLOURS.length ? "solid" : "dashed" },
      connectNulls: false,
      data: points(spec, series),
      markLine: index === 0 ? limits(spec) : undefined,
    })),
  };
}

export function pareto(spec, width) {
  const [counts, shares] = spec.series;
  return {
    ...frame(width, true),
    xAxis: categoryAxis(spec.categories, width),
    yAxis: [
      valueAxis(spec),
      { type: "value", min: 0, max: 100, splitLine: { show: false }, axisLabel: { formatter: "{value}%", color: QUIET } },
    ],
    series: [
      { type: "bar", name: counts.name, barMaxWidth: 48, data: points(spec, counts) },
      { type: "line", name: shares.name, yAxisIndex: 1, symbolSize: 7, data: points({}, shares) },
    ],
  };
}
