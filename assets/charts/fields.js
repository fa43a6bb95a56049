// Charts with a shape of their own: matrix heat map, ranking with intervals, gauge of a limit.
import { isCrowded } from "./labels.js";
import { BAD, COLOURS, GRID_LINE, QUIET, SCALE } from "./palette.js";

// How good a figure is, from 0 to 1: where less is better, the scale is turned round. Columns that
// run both ways measure different things, so each has a scale of its own.
function goodnessOf(spec) {
  const falls = spec.columns.map((_name, x) => Boolean(spec.falls?.[x]));
  const areMixed = new Set(falls).size > 1;
  const ends = falls.map((_falls, x) => {
    const seen = areMixed ? spec.values.map((row) => row[x]) : spec.values.flat();
    const known = seen.filter((value) => value !== null).map(Number);
    return [Number(spec.low ?? Math.min(...known)), Number(spec.high ?? Math.max(...known))];
  });
  return (value, x) => {
    const [low, high] = ends[x];
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return falls[x] ? 1 - share : share;
  };
}

export function heatmap(spec, width) {
  const goodness = goodnessOf(spec);
  const cells = spec.values.flatMap((row, y) =>
    row.map((value, x) => ({
      value:
        value === null ? [x, y, "-", "-"] : [x, y, Number(value), goodness(Number(value), x)],
      link: spec.links?.[y]?.[x],
    })),
  );
  return {
    tooltip: {
      confine: true,
      formatter: ({ value }) => `${spec.rows[value[1]]} · ${spec.columns[value[0]]}: ${value[2]}`,
    },
    grid: { left: 8, right: 16, top: 8, bottom: 48, containLabel: true },
    xAxis: {
      type: "category",
      data: spec.columns,
      position: "top",
      axisLabel: { color: QUIET, interval: 0, rotate: isCrowded(spec.columns, width - 120) ? 40 : 0 },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: "category",
      data: spec.rows,
      inverse: true,
      axisLabel: { color: QUIET },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    visualMap: {
      min: 0,
      max: 1,
      dimension: 3,
      hoverLink: false,
      calculable: false,
      orient: "horizontal",
      left: 8,
      bottom: 0,
      itemHeight: 140,
      textStyle: { color: QUIET },
      inRange: { color: SCALE },
    },
    series: [
      {
        type: "heatmap",
        data: cells,
        label: { show: true, color: "#1b2430", formatter: ({ value }) => `${value[2]}` },
        itemStyle: { borderColor: "#fff", borderWidth: 2 },
      },
    ],
  };
}

// A whisker from the lower to the upper end of the interval, with small caps.
function whisker(params, api) {
  const row = api.value(0);
  const [left, y] = api.coord([api.value(1), row]);
  const [right] = api.coord([api.value(2), row]);
  const line = (x1, y1, x2, y2) => ({
    type: "line",
    shape: { x1, y1, x2, y2 },
    style: { stroke: QUIET, lineWidth: 1.5 },
  });
  return {
    type: "group",
    children: [
      line(left, y, right, y),
      line(left, y - 5, left, y + 5),
      line(right, y - 5, right, y + 5),
    ],
  };
}

export function ranking(spec) {
  const [series] = spec.series;
  return {
    color: COLOURS,
    grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
    xAxis: {
      type: "value",
      scale: true,
      min: spec.low ?? undefined,
      max: spec.high ?? undefined,
      splitLine: { lineStyle: { color: GRID_LINE } },
      axisLabel: { color: QUIET },
    },
    yAxis: {
      type: "category",
      data: spec.categories,
      inverse: true,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: "#1b2430" },
    },
    series: [
      {
        type: "custom",
        silent: true,
        renderItem: whisker,
        encode: { x: [1, 2], y: 0 },
        data: spec.intervals.map(([low, high], row) => [row, Number(low), Number(high)]),
        tooltip: { show: false },
      },
      {
        type: "line",
        name: series.name,
        lineStyle: { width: 0 },
        itemStyle: { color: COLOURS[0] },
        symbol: "circle",
        symbolSize: 10,
        encode: { x: 0, y: 1 },
        data: series.values.map((value, row) => ({
          value: [Number(value), row],
          link: spec.links?.[row],
        })),
      },
    ],
  };
}

export function gauge(spec) {
  const [low, high] = [Number(spec.low ?? 0), Number(spec.high)];
  const share = (value) => (Number(value) - low) / (high - low);
  const limit = spec.limits?.[0];
  return {
    tooltip: { show: false },
    series: [
      {
        type: "gauge",
        min: low,
        max: high,
        startAngle: 200,
        endAngle: -20,
        radius: "95%",
        center: ["50%", "65%"],
        progress: { show: false },
        axisLine: {
          lineStyle: {
            width: 14,
            color: limit
              ? [
                  [share(limit.value), COLOURS[0]],
                  [1, BAD],
                ]
              : [[1, COLOURS[0]]],
          },
        },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { color: QUIET, distance: 18 },
        splitNumber: 4,
        pointer: { width: 5, itemStyle: { color: "#1b2430" } },
        detail: { formatter: `{value} ${spec.unit || ""}`, fontSize: 18, offsetCenter: [0, "35%"] },
        data: [{ value: Number(spec.series[0].values[0]) }],
      },
    ],
  };
}
