// @ts-check
import { say } from '../i18n.js';

const NEAR = 0.9;
const AFTER_COMPOSITION_MS = 20;

/** Where one writes. Enter sends, Shift+Enter breaks the line, and an input method's Enter is its own. */
export class Composer {
  #client;
  #drafts;
  #form = /** @type {HTMLFormElement} */ (document.querySelector('#composer'));
  #text = /** @type {HTMLTextAreaElement} */ (document.querySelector('#text'));
  #send = /** @type {HTMLButtonElement} */ (document.querySelector('#send'));
  #length = /** @type {HTMLElement} */ (document.querySelector('#length'));
  #maxChars = 4000;
  #composed = -Infinity;

  /**
   * @param {import('../client.js').Client} client
   * @param {import('../storage.js').SafeStorage} drafts of the tab: what is half written survives a reload
   */
  constructor(client, drafts) {
    this.#client = client;
    this.#drafts = drafts;
    this.#form.addEventListener('submit', (event) => this.#submit(event));
    this.#text.addEventListener('keydown', (event) => this.#key(event));
    this.#text.addEventListener('compositionend', (event) => (this.#composed = event.timeStamp));
    this.#text.addEventListener('input', () => this.#input());
    client.on('limits', ({ textChars }) => this.#limit(textChars));
    client.on('room', () => this.#restore());
    this.#restore();
  }

  focus() {
    this.#text.focus();
  }

  #restore() {
    this.#text.value = this.#drafts.get(`draft.${this.#client.room}`) ?? '';
    this.#measure();
  }

  /** @param {number | undefined} textChars */
  #limit(textChars) {
    this.#maxChars = textChars ?? this.#maxChars;
    this.#measure();
  }

  #input() {
    this.#drafts.set(`draft.${this.#client.room}`, this.#text.value || null);
    this.#measure();
    if (this.#text.value !== '') this.#client.typing();
  }

  /**
   * Safari ends the composition before the Enter that ended it: that one has keyCode 229, or comes at the same moment.
   *
   * @param {KeyboardEvent} event
   */
  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey) return;
    const composing = event.isComposing || event.keyCode === 229;
    if (composing || event.timeStamp - this.#composed < AFTER_COMPOSITION_MS) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  /** @param {SubmitEvent} event */
  #submit(event) {
    event.preventDefault();
    if (this.#send.disabled) return;
    this.#client.say(wellFormed(this.#text.value.trimEnd()));
    this.#text.value = '';
    this.#drafts.set(`draft.${this.#client.room}`, null);
    this.#measure();
    this.#text.focus();
  }

  /** Counts as the server does, in code points, and fits the height. */
  #measure() {
    const written = this.#text.value.trimEnd();
    const n = Array.from(written).length;
    const tooLong = n > this.#maxChars;
    this.#send.disabled = tooLong || written.trim() === '';
    this.#form.classList.toggle('too-long', tooLong);
    if (n < NEAR * this.#maxChars) say(this.#length, 'none');
    else say(this.#length, tooLong ? 'tooLong' : 'length', { n, max: this.#maxChars });
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight + this.#text.offsetHeight - this.#text.clientHeight}px`;
  }
}

/**
 * Half a surrogate pair, as a cut in the middle of an emoji leaves it, is no text to the server.
 *
 * @param {string} text
 */
function wellFormed(text) {
  return Array.from(text, (char) => (/^[\uD800-\uDFFF]$/.test(char) ? '\uFFFD' : char)).join('');
}
