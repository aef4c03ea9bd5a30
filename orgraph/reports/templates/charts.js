// Draws the charts of a page with Chart.js, in the colours of its theme.
"use strict";
(() => {
  const drawn = [];
  const root = document.documentElement;
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const read = (value) => value.toLocaleString(root.lang);

  const scales = (x, y) => {
    const axis = { grid: { color: colour("edge") }, ticks: { color: colour("quiet-ink") } };
    return { x: { ...axis, ...x }, y: { ...axis, ...y } };
  };
  const set = (canvas, side, data, more) => ({
    label: canvas.dataset[side], data,
    backgroundColor: colour(`chart-${side}`), borderColor: colour(`chart-${side}`), ...more,
  });

  const degrees = () => ({ includeBounds: false, maxTicksLimit: 8, color: colour("quiet-ink") });

  const forms = {
    bars: (canvas, said) => ({
      type: "bar",
      data: { labels: said.labels, datasets: [
        set(canvas, "before", said.before),
        set(canvas, "after", said.after),
        ...(said.wanted.some((n) => n !== null) ? [set(canvas, "wanted", said.wanted, {
          // The lowest order is painted last: the mark lies on the bar that reaches it.
          type: "scatter", order: -1, pointStyle: "line", rotation: 90, radius: 12, borderWidth: 3,
        })] : []),
      ] },
      options: { indexAxis: "y", skipNull: true,
        scales: scales({ beginAtZero: true, grace: "3%", ticks: { precision: 0, color: colour("quiet-ink") } }, { ticks: { autoSkip: false, color: colour("page-ink") } }) },
    }),
    ranks: (canvas, said) => {
      const last = Math.max(said.before.length, said.after.length);
      const curve = (side) => set(canvas, side, said[side].map((y, x) => ({ x: x + 1, y })), {
        pointRadius: 0, pointHitRadius: 8, stepped: "middle", borderDash: side === "before" ? [6, 4] : [],
      });
      const line = (y) => ({
        ...set(canvas, "wanted", [{ x: 1, y }, { x: last, y }], { pointRadius: 0, borderWidth: 1.5 }),
        label: `${canvas.dataset.wanted}: ${read(y)}`,
      });
      return {
        type: "line",
        data: { datasets: [curve("before"), curve("after"), ...said.wanted.map(line)] },
        options: { scales: scales({ type: "linear", min: 1, max: last, ticks: { precision: 0, color: colour("quiet-ink") } }, { beginAtZero: true }) },
      };
    },
    bins: (canvas, said) => ({
      type: "bar",
      data: { labels: said.labels, datasets: [
        set(canvas, "before", said.before), set(canvas, "after", said.after)] },
      options: { scales: scales({}, { beginAtZero: true, ticks: { precision: 0, color: colour("quiet-ink") } }) },
    }),
    map: (canvas, said) => ({
      type: "scatter",
      data: { datasets: said.groups.map(({ mark, dots }) => ({
        label: `${canvas.dataset[mark]}: ${read(dots.length)}`, data: dots,
        pointStyle: shapes[mark], radius: dots.map(around(dots.length > 400 ? 3 : 6)),
        hoverRadius: dots.map(around(8)),
        // Crosses of one point would lie along one another.
        rotation: dots.map(({ over }) => (strokes.has(mark) ? 30 * over : 0)),
        borderWidth: strokes.has(mark) ? 2 : 1, backgroundColor: colour(`${mark}-ink`),
        borderColor: colour(strokes.has(mark) ? `${mark}-ink` : "page-paper"),
      })) },
      options: {
        scales: scales(
          { title: { display: true, text: canvas.dataset.x, color: colour("quiet-ink") }, ticks: degrees() },
          { title: { display: true, text: canvas.dataset.y, color: colour("quiet-ink") }, ticks: degrees() }),
        onResize: (chart) => requestAnimationFrame(() => level(chart)),
        plugins: {
          legend: { labels: { color: colour("page-ink"), usePointStyle: true } },
          tooltip: { usePointStyle: true, callbacks: { label: ({ raw, dataset }) =>
            [raw.name, `${dataset.label.replace(/: [^:]*$/, "")} · ${raw.y}°, ${raw.x}°`] } },
        },
      },
    }),
  };
  // What becomes of a unit is told by the form of its dot, too, not by colour alone.
  const shapes = {
    ends: "crossRot", begins: "circle", united: "rectRot", divided: "triangle", moves: "star", revised: "rect",
  };
  const strokes = new Set(["ends", "moves"]);
  // Dots of one point stand around one another, the topmost in the middle.
  const around = (radius) => ({ over }) => radius + 4 * Math.min(over, 5);

  // A degree of longitude is shorter than one of latitude: as far as the cosine says.
  const level = (chart) => {
    if (!drawn.includes(chart) || !chart.chartArea?.width) return;
    const dots = chart.data.datasets.flatMap((set) => set.data);
    const ends = (values) => [Math.min(...values), Math.max(...values)];
    const [west, east] = ends(dots.map(({ x }) => x));
    const [south, north] = ends(dots.map(({ y }) => y));
    const shorter = Math.max(Math.cos(((south + north) / 2) * Math.PI / 180), 0.01);
    const { width, height } = chart.chartArea;
    const least = 0.02, space = 1.1;
    const step = space * Math.max((east - west) * shorter / width, (north - south) / height, least / height);
    const around = (low, high, span) => ({ min: (low + high - span) / 2, max: (low + high + span) / 2 });
    const { x, y } = chart.config.options.scales;
    Object.assign(x, around(west, east, step * width / shorter));
    Object.assign(y, around(south, north, step * height));
    chart.update("none");
  };

  const draw = () => {
    while (drawn.length) drawn.pop().destroy();
    for (const canvas of document.querySelectorAll("canvas[data-form]")) {
      const said = JSON.parse(canvas.dataset.numbers);
      const { type, data, options } = forms[canvas.dataset.form](canvas, said);
      const legend = { labels: { color: colour("page-ink"), sort: (a, b) => a.datasetIndex - b.datasetIndex } };
      const plugins = { legend, ...options.plugins };
      if (said.labels && canvas.dataset.form === "bars") {
        canvas.parentElement.style.blockSize = `${6 + said.labels.length * 2.4}rem`;
      }
      drawn.push(new Chart(canvas, { type, data, options: {
        ...options, animation: false, responsive: true, maintainAspectRatio: false, locale: root.lang,
        plugins,
      } }));
      if (canvas.dataset.form === "map") level(drawn.at(-1));
    }
  };
  addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
  addEventListener("afterprint", () => drawn.forEach((chart) => chart.resize()));
  document.addEventListener("themed", draw);
  draw();
})();
