// Draws the charts of a report with Apache ECharts. What the data say goes into SVG text only.
(function () {
  'use strict';

  const data = JSON.parse(document.getElementById('report-data').textContent);
  const PAPER_WIDTH = 700; // CSS pixels between the margins of an A4 page
  const FONT = 'sans-serif';

  function palette() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue('--' + name).trim();
    return {
      page: colour('page'),
      ink: colour('ink'),
      soft: colour('soft'),
      line: colour('line'),
      accent: colour('accent'),
      second: colour('second'),
      other: colour('other'),
    };
  }

  const fixed = value => (value === null || value === undefined ? '–' : value.toFixed(4));
  const short = value => String(+value.toPrecision(3));

  function base(colours, tooltip) {
    return {
      animation: false,
      textStyle: { fontFamily: FONT, color: colours.ink },
      tooltip: {
        renderMode: 'richText', // text in the SVG: no HTML is made of names
        confine: true,
        backgroundColor: colours.page,
        borderColor: colours.line,
        textStyle: { color: colours.ink, fontFamily: FONT, fontSize: 12 },
        formatter: tooltip,
      },
    };
  }

  function valueAxis(colours, name) {
    return {
      type: 'value',
      name: name,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: { color: colours.soft, fontSize: 12 },
      axisLabel: { color: colours.soft, fontSize: 11, formatter: short, hideOverlap: true },
      axisLine: { show: false },
      splitLine: { lineStyle: { color: colours.line } },
    };
  }

  function namesAxis(colours, names) {
    return {
      type: 'category',
      data: names,
      inverse: true,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.soft } },
      axisLabel: { color: colours.ink, fontSize: 12, interval: 0 },
    };
  }

  // A horizontal whisker from lower to upper at the row of its model, with an end stroke on each side.
  function whisker(colours) {
    return function (params, api) {
      const row = api.value(0);
      const from = api.coord([api.value(1), row]);
      const to = api.coord([api.value(2), row]);
      const half = api.size([0, 1])[1] * 0.14;
      const stroke = (x1, y1, x2, y2) => ({
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: colours.ink, lineWidth: 1.25 },
      });
      return {
        type: 'group',
        children: [
          stroke(from[0], from[1], to[0], to[1]),
          stroke(from[0], from[1] - half, from[0], from[1] + half),
          stroke(to[0], to[1] - half, to[0], to[1] + half),
        ],
      };
    };
  }

  function accuracy(colours) {
    const models = data.accuracy.models;
    const option = base(colours, function (params) {
      const model = models[params.dataIndex];
      const interval =
        model.lower === undefined ? '' : '\n' + fixed(model.lower) + ' to ' + fixed(model.upper);
      return model.name + '\n' + data.accuracy.metric + ' ' + fixed(model.value) + interval;
    });
    const measured = models.flatMap((m, row) => (m.lower === undefined ? [] : [[row, m.lower, m.upper]]));
    return Object.assign(option, {
      grid: { left: 4, right: 64, top: 8, bottom: 40, containLabel: true },
      xAxis: valueAxis(colours, data.accuracy.metric),
      yAxis: namesAxis(colours, models.map(m => m.name)),
      series: [
        {
          type: 'bar',
          barWidth: '56%',
          data: models.map((m, row) => ({
            value: m.value,
            itemStyle: { color: row === 0 ? colours.accent : colours.other, opacity: row === 0 ? 0.85 : 0.6 },
          })),
        },
        {
          type: 'custom',
          renderItem: whisker(colours),
          encode: { x: [1, 2], y: 0 },
          data: measured,
          silent: true,
          z: 3,
        },
        {
          // the values, right of what is longer: bar or whisker
          type: 'custom',
          renderItem: function (params, api) {
            const at = api.coord([api.value(1), api.value(0)]);
            return {
              type: 'text',
              x: at[0] + 7,
              y: at[1],
              style: {
                text: fixed(models[api.value(0)].value),
                fill: colours.ink,
                font: '12px ' + FONT,
                textVerticalAlign: 'middle',
              },
            };
          },
          encode: { x: 1, y: 0 },
          data: models.map((m, row) => [row, Math.max(m.value, m.upper === undefined ? 0 : m.upper)]),
          silent: true,
        },
      ],
    });
  }

  // Puts each label beside its point where it covers no label before it: right, left, above, below.
  function free(element, points) {
    const LEFT = 64; // where the axis with its name ends
    let taken = [];
    return function (params) {
      const drawn = echarts.getInstanceByDom(element);
      const right = drawn.getWidth();
      if (params.dataIndex === 0) {
        // the chart is laid out anew, and no label may cover a point
        taken = points.map(value => {
          const [x, y] = drawn.convertToPixel({ seriesIndex: 0 }, value);
          return { x: x - 5, y: y - 5, width: 10, height: 10 };
        });
      }
      const point = params.rect;
      const width = params.labelRect.width;
      const height = Math.max(params.labelRect.height, 14); // a line, should the font not tell
      const middle = point.y + point.height / 2 - height / 2;
      const centre = point.x + point.width / 2 - width / 2;
      const places = [
        [point.x + point.width + 4, middle],
        [point.x - width - 4, middle],
        [centre, point.y - height - 2],
        [centre, point.y + point.height + 2],
        [point.x + point.width + 4, middle + height],
        [point.x + point.width + 4, middle - height],
      ];
      const covers = ([x, y]) =>
        x < LEFT || x + width > right || taken.some(t => x < t.x + t.width && t.x < x + width && y < t.y + t.height && t.y < y + height);
      const [x, y] = places.find(place => !covers(place)) || places[0];
      taken.push({ x, y, width, height });
      return { x, y: y + height / 2, align: 'left', verticalAlign: 'middle' };
    };
  }

  function coverage(colours) {
    const chart = data.coverage;
    const models = chart.models.filter(m => m.x !== null && m.y !== null);
    const option = base(colours, function (params) {
      const model = models[params.dataIndex];
      return model.name + '\n' + chart.y + ' ' + fixed(model.y) + '\n' + chart.x + ' ' + fixed(model.x);
    });
    const x = Object.assign(valueAxis(colours, chart.x), { min: 0, boundaryGap: ['0%', '12%'] });
    const y = Object.assign(valueAxis(colours, chart.y), { scale: true, nameGap: 44, boundaryGap: ['8%', '8%'] });
    return Object.assign(option, {
      grid: { left: 24, right: 24, top: 12, bottom: 28, containLabel: true },
      xAxis: x,
      yAxis: y,
      series: [
        {
          type: 'scatter',
          symbolSize: 10,
          data: models.map((m, row) => ({
            value: [m.x, m.y],
            itemStyle: { color: row === 0 ? colours.accent : colours.other },
          })),
          label: {
            show: true,
            position: 'right',
            distance: 6,
            color: colours.ink,
            fontSize: 12,
            formatter: params => models[params.dataIndex].name,
          },
          labelLayout: free(document.getElementById('chart-coverage'), models.map(m => [m.x, m.y])),
        },
      ],
    });
  }

  function segments(colours) {
    const chart = data.segments;
    const best = chart.models[0].name;
    const option = base(colours, function (params) {
      return params.seriesName + '\n' + chart.names[params.value[1]] + '\n' + chart.metric + ' ' + fixed(params.value[0]);
    });
    const named = chart.models.slice(0, 2).map(m => m.name);
    const colour = name => (name === best ? colours.accent : name === named[1] ? colours.second : colours.other);
    return Object.assign(option, {
      legend: { data: named, left: 0, top: 0, itemWidth: 14, textStyle: { color: colours.ink, fontSize: 12 } },
      grid: { left: 4, right: 24, top: 34, bottom: 40, containLabel: true },
      xAxis: valueAxis(colours, chart.metric),
      yAxis: Object.assign(namesAxis(colours, chart.names), {
        splitLine: { show: true, lineStyle: { color: colours.line } },
      }),
      series: chart.models.map((model, row) => ({
        name: model.name,
        type: 'scatter',
        symbolSize: row < 2 ? 11 : 8,
        z: row < 2 ? 4 - row : 2,
        itemStyle: { color: colour(model.name), opacity: row < 2 ? 1 : 0.7 },
        data: model.values.flatMap((value, segment) => (value === null ? [] : [[value, segment]])),
      })),
    });
  }

  function loss(colours, index) {
    const points = data.losses[index].points;
    const option = base(colours, params => 'epoch ' + params.value[0] + '\n' + params.value[1].toPrecision(5));
    return Object.assign(option, {
      grid: { left: 4, right: 16, top: 12, bottom: 24, containLabel: true },
      xAxis: Object.assign(valueAxis(colours, 'epoch'), {
        min: points[0][0],
        max: points.length > 1 ? points[points.length - 1][0] : points[0][0] + 1,
        minInterval: 1,
        splitLine: { show: false },
      }),
      yAxis: Object.assign(valueAxis(colours, ''), { scale: true, splitNumber: 4 }),
      series: [
        {
          type: 'line',
          data: points,
          symbol: 'circle',
          symbolSize: 5,
          itemStyle: { color: colours.accent },
          lineStyle: { color: colours.accent, width: 1.75 },
        },
      ],
    });
  }

  const charts = [];

  function add(element, option) {
    if (element) {
      charts.push({ element, option, drawn: echarts.init(element, null, { renderer: 'svg' }) });
    }
  }

  function draw() {
    const colours = palette();
    charts.forEach(chart => chart.drawn.setOption(chart.option(colours), true));
  }

  const closed = [];

  // The page is laid out anew after this, to a width that is not known here: each drawing gets a
  // view box, so that the style sheet can fit it in.
  function forPaper() {
    document.documentElement.dataset.paper = '';
    closed.push(...document.querySelectorAll('details:not([open])'));
    closed.forEach(details => (details.open = true));
    charts.forEach(chart => {
      const isWide = chart.element.clientWidth > document.body.clientWidth * 0.6;
      chart.drawn.resize({ width: isWide ? PAPER_WIDTH : PAPER_WIDTH / 2 });
    });
    draw();
    charts.forEach(({ element, drawn }) => {
      drawn.getZr().flush();
      element.querySelector('svg').setAttribute('viewBox', `0 0 ${drawn.getWidth()} ${drawn.getHeight()}`);
    });
  }

  function forScreen() {
    delete document.documentElement.dataset.paper;
    closed.splice(0).forEach(details => (details.open = false));
    charts.forEach(({ element, drawn }) => {
      element.querySelector('svg').removeAttribute('viewBox');
      drawn.resize({ width: 'auto' });
    });
    draw();
  }

  add(document.getElementById('chart-accuracy'), accuracy);
  add(document.getElementById('chart-coverage'), coverage);
  add(document.getElementById('chart-segments'), segments);
  document.querySelectorAll('[data-loss]').forEach(element => {
    add(element, colours => loss(colours, Number(element.dataset.loss)));
  });
  draw();

  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  window.addEventListener('resize', () => charts.forEach(chart => chart.drawn.resize()));
  window.addEventListener('beforeprint', forPaper);
  window.addEventListener('afterprint', forScreen);
})();
