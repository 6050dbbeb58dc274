// Draws <figure data-chart="bars"><script type="application/json">{...}</script><div data-canvas></div></figure>.
// The numbers always stand in a table on the same page: the picture is an addition, never the only source.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

function colour(name) {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return probe.fillStyle;
}

function palette() {
  return ["--chart-1", "--chart-2", "--chart-3", "--chart-4"].map(colour);
}

// data: { title, categories: [...], series: [{ name, values: [...] }], stacked?: bool }
function options(kind, data) {
  const ink = colour("--color-base-content");
  const rule = colour("--color-base-300");
  const horizontal = kind === "bars";
  const names = {
    type: "category",
    data: data.categories,
    inverse: horizontal,
    axisLabel: { color: ink, width: horizontal ? 180 : undefined, overflow: "truncate" },
    axisLine: { lineStyle: { color: rule } },
    axisTick: { show: false },
  };
  const numbers = { type: "value", minInterval: 1, axisLabel: { color: ink }, splitLine: { lineStyle: { color: rule } } };
  return {
    aria: { enabled: true, label: { description: data.title } },
    animation: false,
    color: palette(),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    legend: { top: 0, textStyle: { color: ink }, itemWidth: 14, itemHeight: 10 },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    // An HTML tooltip would need inline styles, which the content security policy refuses.
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    xAxis: horizontal ? numbers : names,
    yAxis: horizontal ? names : numbers,
    series: data.series.map((one) => ({
      name: one.name,
      type: kind === "line" ? "line" : "bar",
      stack: data.stacked ? "all" : undefined,
      data: one.values,
      barMaxWidth: 18,
    })),
  };
}

function draw(figure) {
  const canvas = figure.querySelector("[data-canvas]");
  const data = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  if (figure.dataset.chart === "bars") {
    const bars = data.categories.length * (data.stacked ? 1 : data.series.length);
    canvas.style.height = `${80 + bars * 28}px`;
  }
  const chart = echarts.getInstanceByDom(canvas) ?? echarts.init(canvas, null, { renderer: "canvas" });
  chart.resize();
  chart.setOption(options(figure.dataset.chart, data), true);
  return chart;
}

const drawAll = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
drawAll();
addEventListener("resize", () => document.querySelectorAll("[data-canvas]").forEach((one) => echarts.getInstanceByDom(one)?.resize()));
document.addEventListener("qabul:theme", drawAll);
document.addEventListener("htmx:afterSettle", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
