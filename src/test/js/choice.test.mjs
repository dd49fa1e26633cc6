import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Choice } from '../../../webapp/js/transport/choice.js';

/** A tab, a network on which some ways work, and what the page gets to see. */
function visit(t, { working = [], wished = null, storage = memory() } = {}) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const lines = [];
  const network = { working };
  const make = (way, listener) => {
    const line = { way, listener, sent: [], state: 'connecting', hello: {} };
    line.open = () => network.working.includes(way) && line.up();
    line.up = () => {
      line.state = 'open';
      listener.opened();
    };
    line.send = (message) => line.sent.push(message);
    line.close = () => (line.state = 'closed');
    line.say = (...messages) => listener.received(messages);
    lines.push(line);
    return line;
  };
  const choice = new Choice(make, storage, wished, () => 1);
  const page = { received: [], closes: [], hellos: 0, inUse: null };
  choice.on('chosen', (inUse) => (page.inUse = inUse));
  const line = choice.connect({
    opened: () => line.send({ type: 'hello', id: ++page.hellos, rooms: [{ room: 'lobby', after: 'a:7' }] }),
    received: (messages) => page.received.push(...messages),
    closed: ({ code }) => page.closes.push(code),
  });
  line.open();
  return { choice, line, lines, network, page, storage };
}

function memory() {
  const values = new Map();
  return { get: (key) => values.get(key) ?? null, set: (key, value) => values.set(key, value) };
}

const welcome = (id) => ({ type: 'welcome', id });
const joined = (id) => ({ type: 'joined', id });

test('WebSocket is first, and what it brings is passed on', (t) => {
  const { lines, page } = visit(t, { working: ['websocket'] });
  lines[0].say(welcome(1), joined(1));
  assert.deepEqual(page.received, [welcome(1), joined(1)]);
  assert.deepEqual(page.inUse, { way: 'websocket', why: [], forced: false });
  t.mock.timers.tick(600_000);
  assert.equal(lines.length, 1);
});

test('after 3 s without an open the next one is tried, and the reason is told', (t) => {
  const { lines, page } = visit(t, { working: ['sse'] });
  t.mock.timers.tick(2_999);
  assert.equal(lines.length, 1);
  t.mock.timers.tick(1);
  assert.equal(lines[0].state, 'closed');
  lines[1].say(welcome(1));
  assert.deepEqual(page.inUse, { way: 'sse', why: [{ way: 'websocket', reason: 'slow' }], forced: false });
});

test('a stream that opens and brings nothing gives way to long polling', (t) => {
  const { lines, page } = visit(t, { working: ['sse', 'longpoll'] });
  lines[0].listener.closed({ code: 1006, reason: '' });
  t.mock.timers.tick(3_000);
  lines[2].say(welcome(2));
  assert.equal(page.inUse.way, 'longpoll');
  assert.deepEqual(page.inUse.why.map(({ reason }) => reason), ['refused', 'silent']);
});

test('a server that cannot be reached at all ends the attempt', (t) => {
  const { lines, page } = visit(t);
  lines[0].listener.closed({ code: 1006, reason: '' });
  lines[1].listener.closed({ code: 1006, reason: '' });
  assert.deepEqual(page.closes, [1006]);
  assert.equal(lines.length, 2);
});

test('the server’s own close is no reason to try another way', (t) => {
  const { lines, page } = visit(t, { working: ['websocket'] });
  lines[0].listener.closed({ code: 4003, reason: '' });
  assert.deepEqual(page.closes, [4003]);
});

test('what worked is where the next page of the tab begins', (t) => {
  const storage = memory();
  const before = visit(t, { working: ['sse'], storage });
  t.mock.timers.tick(3_000);
  before.lines[1].say(welcome(1));
  t.mock.timers.reset();
  const { lines, page } = visit(t, { working: ['sse'], storage });
  lines[0].say(welcome(1));
  assert.equal(lines[0].way, 'sse');
  assert.deepEqual(page.inUse.why, [{ way: 'websocket', reason: 'slow' }]);
});

test('the address forces one, for good', (t) => {
  const { lines, page } = visit(t, { working: ['poll'], wished: 'poll' });
  lines[0].say(welcome(1));
  t.mock.timers.tick(600_000);
  assert.deepEqual(lines.map(({ way }) => way), ['poll']);
  assert.equal(page.inUse.forced, true);
});

test('a better one takes over when it has proved itself and nothing is under way', (t) => {
  const { line, lines, network, page } = visit(t, { working: ['sse'] });
  t.mock.timers.tick(3_000);
  lines[1].say(welcome(1), joined(1));
  line.send({ type: 'send', id: 9 });
  network.working = ['websocket'];
  t.mock.timers.tick(5_000);
  assert.deepEqual(lines[2].sent, [{ type: 'hello', id: 'probe', rooms: [{ room: 'lobby' }] }]);
  lines[2].say(welcome('probe'), joined('probe'));
  assert.equal(lines[1].state, 'open');
  lines[1].say({ type: 'sent', id: 9 });
  assert.equal(lines[1].state, 'closed');
  assert.deepEqual(lines[2].sent[1], { type: 'hello', id: 2, rooms: [{ room: 'lobby', after: 'a:7' }] });

  page.received.length = 0;
  lines[1].say({ type: 'message', seq: 8 });
  lines[2].say({ type: 'message', seq: 9 });
  lines[2].say({ type: 'message', seq: 9 }, welcome(2), joined(2));
  lines[2].say({ type: 'message', seq: 8 }, { type: 'message', seq: 9 });
  assert.deepEqual(page.received.map(({ type, seq }) => seq ?? type), ['welcome', 'joined', 8, 9]);
  assert.deepEqual(page.inUse, { way: 'websocket', why: [], forced: false });
});

test('better ones that do not work are tried less and less often', (t) => {
  const { lines } = visit(t, { working: ['sse'] });
  t.mock.timers.tick(3_000);
  lines[1].say(welcome(1), joined(1));
  const tries = [];
  for (let second = 1; second <= 60; second++) {
    const before = lines.length;
    t.mock.timers.tick(1_000);
    if (lines.length > before) tries.push(second);
  }
  assert.deepEqual(tries, [5, 21, 47]);
});

test('one that keeps breaking gives way to the next', (t) => {
  const { choice, lines, page } = visit(t, { working: ['websocket', 'sse'] });
  for (let i = 0; i < 3; i++) {
    lines.at(-1).say(welcome(1));
    lines.at(-1).listener.closed({ code: 1006, reason: '' });
    const again = choice.connect({ opened: () => {}, received: () => {}, closed: () => {} });
    again.open();
  }
  lines.at(-1).say(welcome(1));
  assert.deepEqual(page.inUse, { way: 'sse', why: [{ way: 'websocket', reason: 'unsteady' }], forced: false });
});
