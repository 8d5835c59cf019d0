// Draws the table beside a chart as a chart with axes, in the page's own colours and numbers (uPlot).
"use strict";
(() => {
  const tag = document.documentElement.lang;
  const numbers = new Intl.NumberFormat(tag);
  const days = new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", timeZone: "UTC" });
  const years = new Intl.DateTimeFormat(tag, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  const DAY = 86400;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const read = (figure) => {
    const found = new Map();
    for (const row of figure.parentElement.querySelectorAll("tr[data-day]")) {
      found.set(Date.parse(row.dataset.day + "T00:00:00Z") / 1000, Number(row.dataset.n));
    }
    const first = Date.parse(figure.dataset.since + "T00:00:00Z") / 1000;
    const last = Date.parse(figure.dataset.until + "T00:00:00Z") / 1000;
    const x = [], y = [], mean = [];
    for (let day = first; day <= last; day += DAY) {
      x.push(day);
      y.push(found.get(day) || 0);
      const week = y.slice(-7);
      mean.push(week.reduce((a, b) => a + b, 0) / week.length);
    }
    return [x, y, mean];
  };

  const draw = (figure) => {
    const data = read(figure);
    const place = figure.querySelector(".drawn") || figure.insertBefore(document.createElement("div"), figure.firstChild);
    place.className = "drawn";
    place.dir = "ltr";
    place.replaceChildren();
    const soft = colour("--soft"), hair = colour("--hair"), accent = colour("--accent");
    const font = "12px Plex, system-ui, sans-serif";
    new uPlot({
      width: figure.clientWidth,
      height: 190,
      tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), "Etc/UTC"),
      cursor: { drag: { x: false, y: false }, points: { size: 7 } },
      legend: { live: true },
      scales: { x: { range: (_, min, max) => [min - DAY / 2, max + DAY / 2] }, y: { range: (_, min, max) => [0, Math.max(max, 1) * 1.08] } },
      axes: [
        { stroke: soft, font, grid: { show: false }, ticks: { stroke: hair }, values: (_, splits) => splits.map((s) => days.format(s * 1000)), space: 80 },
        { stroke: soft, font, size: 44, grid: { stroke: hair, width: 1 }, ticks: { show: false }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000], values: (_, splits) => splits.map((s) => numbers.format(s)) },
      ],
      series: [
        { label: figure.dataset.day, value: (_, v) => (v == null ? "" : years.format(v * 1000)) },
        { label: figure.dataset.label, stroke: accent, fill: accent + "40", width: 1, paths: uPlot.paths.bars({ size: [0.8, 14] }), points: { show: false }, value: (_, v) => (v == null ? "" : numbers.format(v)) },
        { label: figure.dataset.usual, stroke: soft, width: 1.5, points: { show: false }, value: (_, v) => (v == null ? "" : numbers.format(Math.round(v * 10) / 10)) },
      ],
    }, data, place);
    place.querySelector(".u-legend").dir = document.documentElement.dir;
    figure.classList.add("is-drawn");
  };

  const all = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
  all();
  let waiting;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(all, 150); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  new MutationObserver(all).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
})();
