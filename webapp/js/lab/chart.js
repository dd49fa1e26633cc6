// @ts-check
import { text } from '../i18n.js';
import { round } from './cards.js';
import { colourOf, styleOf, WAYS } from './ways.js';

/** @typedef {import('./run.js').Run} Run */

const HEIGHT_PX = 300;
const LOGARITHMIC = 3;

/**
 * Every message's delay, a point for each way, over the time of its sending. The scale of delays is logarithmic: a
 * second and a millisecond are both to be seen.
 */
export class Chart {
  #box;
  #Plot;
  /** @type {any} */
  #plot = null;
  /** @type {Run | null} */
  #run = null;

  /**
   * @param {HTMLElement} box
   * @param {any} Plot uPlot, which is not typed here
   */
  constructor(box, Plot) {
    this.#box = box;
    this.#Plot = Plot;
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(box);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
  }

  /** @param {Run} run */
  show(run) {
    this.#run = run;
    this.redraw();
  }

  /** With what has come since. */
  update() {
    this.#plot?.setData(this.#data());
  }

  /** In other colours or another language. */
  redraw() {
    this.#plot?.destroy();
    this.#plot = this.#run === null ? null : new this.#Plot(this.#options(), this.#data(), this.#box);
  }

  #size() {
    return { width: this.#box.clientWidth, height: HEIGHT_PX };
  }

  #data() {
    const run = /** @type {Run} */ (this.#run);
    const from = run.sentAt[0] ?? 0;
    const x = run.sentAt.map((at) => (at - from) / 1000);
    const delays = WAYS.map((way) => run.sentAt.map((_, n) => run.meters.get(way)?.delays.get(n) ?? null));
    return [x, ...delays];
  }

  /**
   * A dashed line where a trouble began, a whole one where the stream was whole again.
   *
   * @param {any} plot
   */
  #drawMarks(plot) {
    const { sentAt, troubles } = /** @type {Run} */ (this.#run);
    const { ctx, bbox: { left, top, width, height } } = plot;
    ctx.save();
    ctx.lineWidth = 1.5 * devicePixelRatio;
    for (const { way, from, wholeAt } of troubles) {
      ctx.strokeStyle = colourOf(way);
      for (const [at, dash] of /** @type {Array<[number | null, number[]]>} */ ([[from, [6, 4]], [wholeAt, []]])) {
        const x = at === null ? NaN : plot.valToPos((at - sentAt[0]) / 1000, 'x', true);
        if (!(x >= left && x <= left + width)) continue;
        ctx.setLineDash(dash);
        ctx.beginPath();
        ctx.moveTo(x, top);
        ctx.lineTo(x, top + height);
        ctx.stroke();
      }
    }
    ctx.restore();
  }

  #options() {
    const delay = (/** @type {any} */ _, /** @type {number | null} */ ms) =>
      ms === null ? '–' : text('ms', { value: round(ms) });
    const axis = { stroke: styleOf('--soft'), grid: { stroke: styleOf('--line'), width: 1 }, ticks: { show: false } };
    return {
      ...this.#size(),
      scales: { x: { time: false }, y: { distr: LOGARITHMIC } },
      axes: [{ ...axis, label: text('axisTime') }, { ...axis, label: text('axisDelay'), size: 60 }],
      series: [
        { label: text('axisTime'), value: (/** @type {any} */ _, /** @type {number} */ s) => s?.toFixed(2) ?? '–' },
        ...WAYS.map((way) => ({
          label: text(`way.${way}`),
          stroke: colourOf(way),
          width: 1,
          spanGaps: true,
          points: { show: true, size: 5, fill: colourOf(way) },
          value: delay,
        })),
      ],
      hooks: { draw: [(/** @type {any} */ plot) => this.#drawMarks(plot)] },
    };
  }
}
