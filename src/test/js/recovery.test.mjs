import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Closed, follow } from '../../../webapp/js/lab/follow.js';
import { Meter } from '../../../webapp/js/lab/meter.js';
import { begun, came } from '../../../webapp/js/lab/recovery.js';
import { cpuBetween } from '../../../webapp/js/lab/server.js';
import { Refused } from '../../../webapp/js/transport/api.js';

const CALM = { ready: () => {}, isOverdue: () => false };

/** A reader whose lines break one after the other, each with a failure; the last one stays. */
function breaking(failures, opened) {
  return (place) => {
    opened.push(place.after);
    if (failures.length > 0) return Promise.reject(failures.shift());
    return new Promise((_, reject) => place.signal.addEventListener('abort', () => reject(place.signal.reason)));
  };
}

function placeAt(after) {
  const ending = new AbortController();
  return { place: { after, meter: new Meter(), signal: ending.signal }, ending };
}

async function until(holds) {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test('a line that broke is opened again at the newest cursor', async () => {
  const { place, ending } = placeAt('k:1');
  const opened = [];
  const following = follow(breaking([new TypeError('reset'), new Closed(1006)], opened), place, CALM);
  place.after = 'k:2';
  await until(() => opened.length === 3);
  ending.abort();

  await assert.rejects(following);
  assert.deepEqual(opened, ['k:1', 'k:2', 'k:2']);
  assert.equal(place.meter.reopened, 2);
});

test('who was refused for good does not come back', async () => {
  for (const final of [new Closed(4003), new Refused({ code: 'bad_cursor', message: '', retry: false })]) {
    const opened = [];
    await assert.rejects(follow(breaking([final], opened), placeAt('k:1').place, CALM), final);
    assert.equal(opened.length, 1);
  }
});

test('a silent line on which something is overdue is given up', async () => {
  const { place, ending } = placeAt('k:1');
  const opened = [];
  const following = follow(breaking([], opened), place, { ready: () => {}, isOverdue: () => opened.length === 1 });
  await until(() => opened.length === 2);
  ending.abort();

  await assert.rejects(following);
  assert.equal(place.meter.reopened, 1);
});

test('a stream is whole when a message sent after the trouble has come and none before it is missing', () => {
  const trouble = begun('sse', 'drop', { seconds: 10, abruptly: true });
  const at = trouble.from;
  came([trouble], 'poll', at + 1, true, at + 2);
  assert.equal(trouble.nextAt, null);
  came([trouble], 'sse', at - 5, true, at + 3);
  came([trouble], 'sse', at + 4, false, at + 5);
  assert.equal(trouble.wholeAt, null);
  came([trouble], 'sse', at + 6, true, at + 7);
  came([trouble], 'sse', at + 8, true, at + 9);

  assert.deepEqual([trouble.nextAt - at, trouble.wholeAt - at], [3, 7]);
});

test('a trouble that lasts is over before the stream can be whole', () => {
  const trouble = begun('sse', 'delay', { seconds: 10, abruptly: true });
  came([trouble], 'sse', trouble.from + 9_999, true, trouble.from + 9_999);
  assert.equal(trouble.wholeAt, null);
  came([trouble], 'sse', trouble.from + 10_000, true, trouble.from + 10_001);
  assert.equal(trouble.wholeAt, trouble.from + 10_001);
});

test('a meter tells what is missing between the first and the last', () => {
  const meter = new Meter();
  meter.arrived(0, 0, 7);
  meter.arrived(3, 0, 10);
  assert.equal(meter.missing, 2);
  meter.arrived(1, 0, 8);
  meter.arrived(1, 0, 8);
  assert.equal(meter.missing, 1);
});

test('what the server counted comes before what the page guessed', () => {
  const meter = new Meter();
  meter.begin(10);
  meter.server = { requests: 3, underWay: 1, bytesIn: 500, bytesOut: 700 };
  const { requests, up, down, open } = meter.counts();
  assert.deepEqual({ requests, up, down, open }, { requests: 3, up: 500, down: 700, open: 1 });
});

test('CPU time that a server does not tell is none', () => {
  assert.equal(cpuBetween({ cpuNanos: 1_000_000 }, { cpuNanos: 4_500_000 }), 3.5);
  assert.equal(cpuBetween({}, { cpuNanos: 1 }), null);
  assert.equal(cpuBetween({ cpuNanos: 1 }, null), null);
});
