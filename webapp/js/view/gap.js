// @ts-check
import { say } from '../i18n.js';
import { make } from './message.js';

/** Where messages are missing: why, how many, and a way to load them if the server still has them. */
export class GapLine {
  element = document.createElement('li');
  #words = make('p', 'text');
  #load = make('button', 'quiet load');
  #from;
  #to;

  /**
   * @param {{from: number, to: number, reason: string}} gap what lies between is missing, `to` itself too
   * @param {() => void} load
   */
  constructor({ from, to, reason }, load) {
    this.#from = from;
    this.#to = to;
    this.element.className = 'gap';
    this.element.append(this.#words);
    this.#load.type = 'button';
    say(this.#load, 'loadGap');
    this.#load.addEventListener('click', () => {
      this.#load.disabled = true;
      load();
    });
    if (reason === 'slow') this.element.append(this.#load);
    this.#draw(reason);
  }

  get empty() {
    return this.#to <= this.#from;
  }

  /**
   * A page of what is missing has come, or nothing.
   *
   * @param {{seqs: number[], more: boolean} | null} page the newest before what follows the gap; `more` is older
   */
  loaded(page) {
    this.#load.disabled = false;
    if (page === null) return;
    this.#to = Math.min(this.#to, ...page.seqs.map((seq) => seq - 1));
    if (!page.more) this.#load.remove();
    this.#draw(page.more ? 'slow' : 'trimmed');
  }

  /** @param {string} reason */
  #draw(reason) {
    this.element.dataset.reason = reason;
    this.element.dataset.seq = String(this.#to);
    if (reason === 'epoch') say(this.#words, 'gapEpoch');
    else say(this.#words, reason === 'slow' ? 'gapSlow' : 'gap', { n: this.#to - this.#from });
  }
}
