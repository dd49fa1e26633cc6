// @ts-check
import uPlot from '../../vendor/uplot/uPlot.esm.js';
import { base } from '../address.js';
import { choose, learn, speak, spoken } from '../i18n.js';
import { SafeStorage } from '../storage.js';
import { en as doctorEn } from '../texts/doctor-en.js';
import { zh as doctorZh } from '../texts/doctor-zh.js';
import { en } from '../texts/lab-en.js';
import { zh } from '../texts/lab-zh.js';
import { Cards } from './cards.js';
import { Chart } from './chart.js';
import { DoctorView } from './doctor.js';
import { explain } from './explained.js';
import { requestFacts } from './facts.js';
import { HandshakeView } from './handshake.js';
import { PlanView } from './plan.js';
import { fillTables, showFrames } from './tables.js';
import { TroubleView } from './trouble.js';

/** The lab, wired. */
const kept = new SafeStorage(() => localStorage);
const find = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

learn({ en, zh });
learn({ en: doctorEn, zh: doctorZh });
speak(choose([kept.get('language'), ...navigator.languages]));

const facts = requestFacts(base());
const cards = new Cards(find('#ways'));
const chart = new Chart(find('#chart'), uPlot);
const plan = new PlanView(cards, chart, new TroubleView(), facts);
const handshake = new HandshakeView(base());
const doctor = new DoctorView();
explain(find('#explained'));
fillTables(document);

const payload = /** @type {HTMLInputElement} */ (find('#payload'));
payload.addEventListener('input', () => showFrames(document, payload.value));
showFrames(document, payload.value);

const language = /** @type {HTMLSelectElement} */ (find('#language'));
language.value = spoken();
language.addEventListener('change', () => {
  speak(language.value);
  kept.set('language', language.value);
  plan.draw();
  chart.redraw();
  doctor.draw();
});

facts.then(({ headers }) => handshake.show(headers));
