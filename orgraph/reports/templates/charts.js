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

  const forms = {
    bars: (canvas, said) => ({
      type: "bar",
      data: { labels: said.labels, datasets: [
        set(canvas, "before", said.before),
        set(canvas, "after", said.after),
        ...(said.wanted.some((n) => n !== null) ? [set(canvas, "wanted", said.wanted, {
          type: "scatter", pointStyle: "line", rotation: 90, radius: 12, borderWidth: 3,
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
  };

  const draw = () => {
    while (drawn.length) drawn.pop().destroy();
    for (const canvas of document.querySelectorAll("canvas[data-form]")) {
      const said = JSON.parse(canvas.dataset.numbers);
      const { type, data, options } = forms[canvas.dataset.form](canvas, said);
      if (said.labels && canvas.dataset.form === "bars") {
        canvas.parentElement.style.blockSize = `${6 + said.labels.length * 2.4}rem`;
      }
      drawn.push(new Chart(canvas, { type, data, options: {
        ...options, animation: false, responsive: true, maintainAspectRatio: false, locale: root.lang,
        plugins: { legend: { labels: { color: colour("page-ink") } } },
      } }));
    }
  };
  addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
  addEventListener("afterprint", () => drawn.forEach((chart) => chart.resize()));
  document.addEventListener("themed", draw);
  draw();
})();
