// @ts-check
import { say, text } from '../i18n.js';

const EXPLAINED = [4001, 4003, 4004, 4009];

/** The line's state, always in sight; the seconds count down silently for those who listen to the page. */
export class StatusView {
  #box = /** @type {HTMLElement} */ (document.querySelector('#status'));
  #label = /** @type {HTMLElement} */ (document.querySelector('#status-label'));
  #countdown = /** @type {HTMLElement} */ (document.querySelector('#status-countdown'));
  #tryNow = /** @type {HTMLButtonElement} */ (document.querySelector('#try-now'));
  #reload = /** @type {HTMLButtonElement} */ (document.querySelector('#reload'));
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #ticking;

  /** @param {import('../client.js').Client} client */
  constructor(client) {
    client.on('state', (state) => this.#draw(state));
    this.#tryNow.addEventListener('click', () => client.link.start());
    this.#reload.addEventListener('click', () => location.reload());
  }

  /** @param {import('../link.js').LinkState} state */
  #draw({ state, until, code, reason }) {
    this.#box.dataset.state = state;
    if (state === 'closed') this.#drawClosed(code ?? 0, reason ?? '');
    else say(this.#label, state);
    this.#tryNow.hidden = state !== 'offline' && state !== 'reconnecting';
    this.#reload.hidden = state !== 'closed';
    clearInterval(this.#ticking);
    this.#countdown.textContent = '';
    if (until === undefined) return;
    this.#tick(until);
    this.#ticking = setInterval(() => this.#tick(until), 250);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #drawClosed(code, reason) {
    this.#box.dataset.code = String(code);
    const why = EXPLAINED.includes(code) ? text(`closed${code}`) : reason || text('closedOther', { code });
    say(this.#label, 'closed', { why });
  }

  /** @param {number} until */
  #tick(until) {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    say(this.#countdown, 'in', { n: seconds });
  }
}
