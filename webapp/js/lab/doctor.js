// @ts-check
import { base } from '../address.js';
import { say } from '../i18n.js';
import { make } from '../view/message.js';
import { DoctorApi } from './doctor-api.js';
import { examineBuffering } from './doctor-buffering.js';
import { examineHeaders } from './doctor-headers.js';
import { examineIdle } from './doctor-idle.js';
import { nginxLines } from './doctor-mend.js';
import { examineUpgrade } from './doctor-upgrade.js';

/**
 * @typedef {import('./doctor-finding.js').Finding} Finding
 * @typedef {import('./doctor-finding.js').Mend} Mend
 * @typedef {{box: HTMLElement, verdict: HTMLElement, reasons: HTMLElement}} Card
 */

const CHECKS = ['buffering', 'upgrade', 'headers', 'idle'];
/** @type {Mend[]} */
const MENDS = ['buffering', 'timeout', 'upgrade', 'host', 'proto', 'for', 'trust'];
/** Proxies cut at 60 s as a rule, load balancers at times at 30. */
const SILENCES_S = [15, 35, 65];
const LONGEST_S = 120;

/** What lies between this page and the server, and what it does to them. */
export class DoctorView {
  #api = new DoctorApi(base());
  /** @type {Map<string, Card>} */
  #cards = new Map();
  /** @type {Set<Mend>} */
  #mends = new Set();
  /** @type {import('./doctor-api.js').Facts | null} */
  #facts = null;
  #stopping = new AbortController();
  #examine = find('#doctor-examine');
  #stop = find('#doctor-stop');
  #progress = find('#doctor-progress');
  #cure = find('#doctor-cure');
  #lines = find('#doctor-lines');
  #said = find('#doctor-copied');

  constructor() {
    for (const check of CHECKS) find('#doctor').append(this.#card(check));
    this.#examine.addEventListener('click', () => this.#run());
    this.#stop.addEventListener('click', () => this.#stopping.abort());
    find('#doctor-copy').addEventListener('click', () => this.#copy());
  }

  /** The lines again, in the language that is spoken now. */
  draw() {
    if (this.#facts === null || this.#mends.size === 0) return;
    find('#doctor-general').replaceChildren(...MENDS.filter((mend) => this.#mends.has(mend)).map((mend) => {
      const general = make('li', '');
      say(general, `mend.${mend}`);
      return general;
    }));
    this.#lines.textContent = nginxLines(this.#mends, this.#facts, new URL(base()).pathname);
    this.#cure.hidden = false;
  }

  async #run() {
    this.#running(true);
    const { signal } = this.#stopping;
    this.#facts = await this.#api.facts(location.origin).catch(() => null);
    this.#cards.forEach((card) => show(card, 'running', []));
    await Promise.all([
      this.#check('buffering', examineBuffering(this.#api, signal)),
      this.#check('upgrade', examineUpgrade(this.#api, location)),
      this.#check('headers', examineHeaders(this.#api, location)),
    ]);
    const silences = silencesMs();
    const ticking = this.#tick(Math.max(...silences));
    const heartbeatMs = this.#facts?.heartbeatMillis ?? 25_000;
    await this.#check('idle', examineIdle(this.#api, silences, heartbeatMs, signal));
    clearInterval(ticking);
    this.#running(false);
  }

  /** @param {boolean} running */
  #running(running) {
    if (running) {
      this.#stopping = new AbortController();
      this.#mends = new Set();
      this.#cure.hidden = true;
      say(this.#said, 'none');
    }
    this.#examine.toggleAttribute('disabled', running);
    this.#stop.toggleAttribute('disabled', !running);
    say(this.#progress, running ? 'doctor.first' : 'doctor.done');
  }

  /** @param {number} longestMs how long it takes if nothing is found */
  #tick(longestMs) {
    const begun = performance.now();
    const tell = () => {
      const s = Math.floor((performance.now() - begun) / 1000);
      say(this.#progress, 'doctor.silent', { s, of: Math.ceil(longestMs / 1000) });
    };
    tell();
    return setInterval(tell, 1000);
  }

  /**
   * @param {string} check
   * @param {Promise<Finding>} finding
   */
  async #check(check, finding) {
    const { verdict, reasons, mends } = await finding;
    show(/** @type {Card} */ (this.#cards.get(check)), verdict, reasons);
    for (const mend of mends) this.#mends.add(mend);
    this.draw();
  }

  /** @param {string} check */
  #card(check) {
    const box = make('section', 'check');
    box.dataset.check = check;
    const title = make('h3', '');
    say(title, `check.${check}`);
    const verdict = make('p', 'verdict');
    const reasons = make('ul', '');
    box.append(title, verdict, reasons);
    const card = { box, verdict, reasons };
    this.#cards.set(check, card);
    show(card, 'waiting', [{ key: `check.${check}About` }]);
    return box;
  }

  /** Where the page is not trusted with the clipboard, the lines are only selected. */
  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#lines.textContent ?? '');
      say(this.#said, 'doctor.copied');
    } catch {
      getSelection()?.selectAllChildren(this.#lines);
      say(this.#said, document.execCommand('copy') ? 'doctor.copied' : 'doctor.selected');
    }
  }
}

/**
 * @param {Card} card
 * @param {string} found
 * @param {import('./doctor-finding.js').Reason[]} why
 */
function show({ box, verdict, reasons }, found, why) {
  box.dataset.verdict = found;
  say(verdict, `examined.${found}`);
  reasons.replaceChildren(...why.map(({ key, values }) => {
    const reason = make('li', '');
    say(reason, key, values);
    return reason;
  }));
}

/** @returns {number[]} of the address, `?silence=15,35,65` in seconds, or what is usual */
function silencesMs() {
  const wished = (new URLSearchParams(location.search).get('silence') ?? '').split(',').map(Number);
  const possible = wished.filter((s) => s > 0 && s <= LONGEST_S).slice(0, SILENCES_S.length);
  return (possible.length === 0 ? SILENCES_S : possible).map((s) => Math.round(s * 1000));
}

/** @param {string} selector */
function find(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}
