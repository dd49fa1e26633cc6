// @ts-check
import { say } from '../i18n.js';
import { make } from '../view/message.js';
import { round } from './cards.js';
import { WAYS } from './ways.js';

/** @typedef {import('./run.js').Run} Run */
/** @typedef {import('./readers.js').Way} Way */
/** @typedef {import('./recovery.js').Trouble} Trouble */

/** The panel of troubles: makes them during a run, and shows what became of each. */
export class TroubleView {
  /** @type {Run | null} */
  #run = null;
  #running = false;
  #form = /** @type {HTMLFormElement} */ (document.querySelector('#trouble'));
  #said = /** @type {HTMLElement} */ (document.querySelector('#trouble-said'));
  #rows = /** @type {HTMLElement} */ (document.querySelector('#troubles'));

  constructor() {
    const ways = /** @type {HTMLSelectElement} */ (this.#form.elements.namedItem('way'));
    for (const way of WAYS) {
      const option = make('option', '');
      option.value = way;
      say(option, `way.${way}`);
      ways.append(option);
    }
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      const kind = /** @type {HTMLButtonElement} */ (event.submitter).value;
      this.#make(kind);
    });
    this.draw();
  }

  /**
   * @param {Run} run
   * @param {boolean} running
   */
  show(run, running) {
    this.#run = run;
    this.#running = running;
    say(this.#said, 'none');
    this.draw();
  }

  /** What is known by now. */
  draw() {
    const allowed = this.#run?.server.counts?.trouble ?? false;
    for (const button of this.#form.querySelectorAll('button')) button.disabled = !this.#running || !allowed;
    if (this.#run === null) say(this.#said, 'troubleIdle');
    else if (this.#running && this.#run.server.counts !== null && !allowed) say(this.#said, 'troubleOff');
    const run = this.#run;
    this.#rows.replaceChildren(...(run?.troubles ?? []).map((trouble) => rowOf(trouble, /** @type {Run} */ (run))));
    /** @type {HTMLElement} */ (this.#rows.closest('.wide')).hidden = this.#rows.childElementCount === 0;
  }

  /** @param {string} kind */
  async #make(kind) {
    const run = /** @type {Run} */ (this.#run);
    const { way, ...amounts } = /** @type {any} */ (Object.fromEntries(new FormData(this.#form)));
    const chosen = way === 'all' ? [...run.meters.keys()] : [way];
    const meant = kind === 'refuse' ? chosen.filter((one) => one === 'websocket') : chosen;
    try {
      if (meant.length === 0) throw new Error('WebSocket');
      await Promise.all(meant.map((one) => run.trouble(one, kind, amounts)));
      say(this.#said, 'none');
    } catch (error) {
      say(this.#said, 'failed', { why: /** @type {Error} */ (error).message });
    }
    this.draw();
  }
}

/**
 * @param {Trouble} trouble
 * @param {Run} run
 */
function rowOf({ way, kind, from, until, nextAt, wholeAt, abruptly }, run) {
  const row = make('tr', way);
  const meter = run.meters.get(way);
  row.append(
    cell('name', `way.${way}`),
    cell('', abruptly ? `trouble.${kind}` : 'troublePolitely', { at: seconds(from - run.sentAt[0]) }),
    after('number', nextAt, from),
    after('number', wholeAt, until),
    number(meter?.missing ?? 0),
    number(meter?.doubled ?? 0),
  );
  row.dataset.kind = kind;
  row.dataset.whole = String(wholeAt !== null);
  return row;
}

/**
 * @param {string} kind
 * @param {number | null} at
 * @param {number} from
 */
function after(kind, at, from) {
  return at === null ? cell(kind, 'notYet') : cell(kind, 'ms', { value: round(at - from) });
}

/**
 * @param {string} kind
 * @param {string} key
 * @param {import('../i18n.js').Values} [values]
 */
function cell(kind, key, values) {
  const made = make('td', kind);
  say(made, key, values);
  return made;
}

/** @param {number} value */
function number(value) {
  const made = make('td', 'number');
  made.textContent = String(value);
  return made;
}

/** @param {number} ms */
function seconds(ms) {
  return (ms / 1000).toFixed(1);
}
