// @ts-check
import { base } from '../address.js';
import { say } from '../i18n.js';
import { round } from './cards.js';
import { csvOf, resultsOf, save } from './export.js';
import { Run } from './run.js';

const DRAW_MS = 250;

/** What is to be run, and the run while it goes. */
export class PlanView {
  #cards;
  #chart;
  #trouble;
  #facts;
  /** @type {Run | null} the last one, or the one under way */
  #run = null;
  #running = false;
  #form = /** @type {HTMLFormElement} */ (document.querySelector('#plan'));
  #counted = /** @type {HTMLElement} */ (document.querySelector('#counted'));
  #cpu = /** @type {HTMLElement} */ (document.querySelector('#cpu'));
  #progress = /** @type {HTMLElement} */ (document.querySelector('#progress'));

  /**
   * @param {import('./cards.js').Cards} cards
   * @param {import('./chart.js').Chart} chart
   * @param {import('./trouble.js').TroubleView} trouble
   * @param {Promise<{bytes: number}>} facts
   */
  constructor(cards, chart, trouble, facts) {
    this.#cards = cards;
    this.#chart = chart;
    this.#trouble = trouble;
    this.#facts = facts;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    });
    this.#form.addEventListener('input', () => this.draw());
    this.#button('stop').addEventListener('click', () => this.#run?.stop());
    this.#button('csv').addEventListener('click', () => this.#save('csv', 'text/csv', csvOf));
    this.#button('json').addEventListener('click', () =>
      this.#save('json', 'application/json', (run) => JSON.stringify(resultsOf(run), null, 2)));
    this.draw();
  }

  /** The sliders' values, and the last figures in the language that is spoken now. */
  draw() {
    say(this.#output('rate-said'), 'rateSaid', { n: this.#value('rate') });
    say(this.#output('every-said'), 'ms', { value: this.#value('every') });
    if (this.#run !== null) this.#drawRun(this.#run);
  }

  async #start() {
    if (this.#running || this.#cards.chosen.length === 0) return;
    this.#ran(true);
    const { bytes } = await this.#facts;
    const run = new Run(base(), {
      ways: this.#cards.chosen,
      rate: this.#value('rate'),
      size: this.#value('size'),
      count: this.#value('count'),
      everyMs: this.#value('every'),
      inTurn: /** @type {HTMLInputElement} */ (this.#form.querySelector('#in-turn')).checked,
    }, bytes);
    this.#run = run;
    run.on('state', (state) => this.#told(run, state));
    run.on('sent', () => this.#told(run, 'running'));
    run.on('trouble', () => this.#drawRun(run));
    this.#chart.show(run);
    this.#trouble.show(run, true);
    const drawing = setInterval(() => this.#drawRun(run), DRAW_MS);
    try {
      await run.start();
    } catch (error) {
      say(this.#progress, 'failed', { why: String(error) });
    } finally {
      clearInterval(drawing);
      this.#trouble.show(run, false);
      this.#drawRun(run);
      this.#ran(false);
    }
  }

  /**
   * @param {Run} run
   * @param {string} state
   */
  #told({ sentAt, plan, refusals }, state) {
    const key = `run.${state}${refusals > 0 ? 'Slowed' : ''}`;
    const count = plan.count * (plan.inTurn ? plan.ways.length : 1);
    say(this.#progress, key, { sent: sentAt.length, count, refusals });
  }

  /** @param {Run} run */
  #drawRun(run) {
    this.#cards.draw(run.meters);
    this.#chart.update();
    this.#trouble.draw();
    this.#drawCounted(run);
  }

  /** @param {Run} run */
  #drawCounted({ server: { counts }, cpu: { ms, received } }) {
    say(this.#counted, `counted.${counts?.counted ?? 'page'}`);
    if (ms === 0) return say(this.#cpu, 'none');
    const values = { ms: Math.round(ms), received, each: round(ms / Math.max(1, received)), processors: counts?.processors ?? 1 };
    say(this.#cpu, 'cpuSaid', values);
  }

  /** @param {boolean} running */
  #ran(running) {
    this.#running = running;
    this.#form.dataset.running = String(running);
    this.#cards.running = running;
    this.#button('run').disabled = running;
    this.#button('stop').disabled = !running;
    this.#button('csv').disabled = this.#button('json').disabled = running || this.#run === null;
  }

  /**
   * @param {string} ending
   * @param {string} type
   * @param {(run: Run) => string} write
   */
  #save(ending, type, write) {
    if (this.#run !== null) save(`parley-lab-${this.#run.id}.${ending}`, type, write(this.#run));
  }

  /** @param {string} id */
  #value(id) {
    return Number(/** @type {HTMLInputElement} */ (this.#form.querySelector(`#${id}`)).value);
  }

  /** @param {string} id */
  #output(id) {
    return /** @type {HTMLElement} */ (this.#form.querySelector(`#${id}`));
  }

  /** @param {string} id */
  #button(id) {
    return /** @type {HTMLButtonElement} */ (this.#form.querySelector(`#${id}`));
  }
}
