// Draws <div class="chart" data-chart="id-of-json" role="img" aria-label="summary">: the JSON is an ECharts option without
// colours; those come from the theme and follow it. Load after vendor/echarts on pages that have charts.
import { onThemeChange, themeColours } from "./theme.js";

function themed(option) {
  const c = themeColours();
  const axis = {
    axisLine: { lineStyle: { color: c.edge } },
    axisLabel: { color: c.ink2 },
    splitLine: { lineStyle: { color: c.rule } },
    nameTextStyle: { color: c.ink3 },
  };
  const withAxis = (given) => given && (Array.isArray(given) ? given : [given]).map((one) => ({ ...axis, ...one }));
  const own = {
    color: [c.accent, c.edge, c.warn, c.good, c.heat[0], c.heat[6]],
    textStyle: { color: c.ink, fontFamily: c.font, fontSize: 13 },
    animation: false,
    // Drawn on the canvas: an HTML tooltip would need inline styles, which the content policy forbids.
    tooltip: { renderMode: "richText", backgroundColor: c.paper, borderColor: c.edge, textStyle: { color: c.ink } },
    grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
  };
  const result = { ...own, ...option, tooltip: { ...own.tooltip, ...option.tooltip } };
  if (option.legend) result.legend = { textStyle: { color: c.ink2 }, ...option.legend };
  if (option.xAxis) result.xAxis = withAxis(option.xAxis);
  if (option.yAxis) result.yAxis = withAxis(option.yAxis);
  if (option.visualMap) result.visualMap = { inRange: { color: c.heat }, textStyle: { color: c.ink2 }, ...option.visualMap };
  return result;
}

document.querySelectorAll("[data-chart]").forEach((frame) => {
  const option = JSON.parse(document.getElementById(frame.dataset.chart).textContent);
  const chart = window.echarts.init(frame);
  const draw = () => chart.setOption(themed(option), true);
  draw();
  onThemeChange(draw);
  new ResizeObserver(() => chart.resize()).observe(frame);
});
