// @ts-check
import { say, spoken, text } from '../i18n.js';
import { make } from '../view/message.js';
import { drawTimeline } from './timeline.js';
import { WAYS } from './ways.js';

/** @typedef {import('./meter.js').Meter} Meter */
/** @typedef {import('./readers.js').Way} Way */

/**
 * @typedef {object} Card
 * @property {HTMLInputElement} chosen
 * @property {Map<string, HTMLElement>} figures
 * @property {HTMLElement} line
 * @property {HTMLElement} said
 */

const SHOWN_MS = 8_000;
const FIGURES = ['received', 'missing', 'doubled', 'median', 'p99', 'requests', 'down', 'up', 'open', 'reopened', 'cpu'];

/** The ways side by side: for each what it has brought and cost so far, and its line during the last seconds. */
export class Cards {
  /** @type {Map<Way, Card>} */
  #cards = new Map();

  /** @param {HTMLElement} box */
  constructor(box) {
    for (const way of WAYS) box.append(this.#card(way));
  }

  /** @returns {Way[]} those that are to take part */
  get chosen() {
    return WAYS.filter((way) => this.#cards.get(way)?.chosen.checked);
  }

  /** @param {boolean} running during which the choice stands */
  set running(running) {
    for (const { chosen } of this.#cards.values()) chosen.disabled = running;
  }

  /** @param {Map<Way, Meter>} meters */
  draw(meters) {
    for (const [way, { figures, line, said }] of this.#cards) {
      const meter = meters.get(way);
      if (meter === undefined) {
        for (const figure of figures.values()) figure.textContent = '–';
        line.replaceChildren();
        said.textContent = '';
        continue;
      }
      const counts = /** @type {Record<string, number | null>} */ (meter.counts());
      for (const [name, figure] of figures) figure.textContent = written(name, counts[name]);
      if (meter.failure === null) say(said, 'none');
      else say(said, 'failed', { why: meter.failure });
      this.#drawLine(line, way, meter);
    }
  }

  /** @param {Way} way */
  #card(way) {
    const card = make('section', `way ${way}`);
    const chosen = make('input', '');
    chosen.type = 'checkbox';
    chosen.checked = true;
    const name = make('span', 'name');
    say(name, `way.${way}`);
    const label = make('label', 'title');
    label.append(chosen, name);
    const list = make('dl', 'figures');
    const figures = new Map();
    for (const figure of FIGURES) {
      const term = make('dt', '');
      say(term, `figure.${figure}`);
      const value = make('dd', '');
      value.dataset.figure = figure;
      value.textContent = '–';
      list.append(term, value);
      figures.set(figure, value);
    }
    const line = make('div', 'timeline');
    const said = make('p', 'failure');
    card.append(label, list, line, said);
    card.dataset.way = way;
    this.#cards.set(way, { chosen, figures, line, said });
    return card;
  }

  /**
   * @param {HTMLElement} line
   * @param {Way} way
   * @param {Meter} meter
   */
  #drawLine(line, way, { spans, arrivals }) {
    const now = performance.now();
    const bars = spans.map(({ from, to }) => ({ from, to: to ?? now }));
    drawTimeline(line, { from: now - SHOWN_MS, to: now }, [
      { label: 'rowRequests', kind: way, bars },
      { label: 'rowPage', kind: `${way} page`, dots: arrivals },
    ]);
  }
}

/**
 * @param {string} name
 * @param {number | null} value
 */
function written(name, value) {
  if (value === null) return '–';
  if (['median', 'p99', 'cpu'].includes(name)) return text('ms', { value: round(value) });
  if (name === 'up' || name === 'down') return bytes(value);
  return String(value);
}

/** @param {number} value */
export function round(value) {
  return value < 100 ? value.toFixed(1) : String(Math.round(value));
}

/** @param {number} value */
function bytes(value) {
  const number = (/** @type {number} */ n) => n.toLocaleString(spoken(), { maximumFractionDigits: 1 });
  return value < 10_000 ? `${number(value)} B` : `${number(value / 1000)} kB`;
}
