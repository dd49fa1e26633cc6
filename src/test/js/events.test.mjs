import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventParser } from '../../../webapp/js/transport/events.js';

const stream = 'retry: 2000\n\n:\n\nid: a:1\ndata: {"n":1}\n\ndata: two\r\ndata:lines\r\n\r\nevent: x\rdata\r\rdata: "cut';

test('the data of whole events comes out, whatever ends the lines', () => {
  assert.deepEqual(new EventParser().feed(stream), ['{"n":1}', 'two\nlines', '']);
});

test('it does not matter where the pieces are cut', () => {
  const parser = new EventParser();
  assert.deepEqual([...stream].flatMap((char) => parser.feed(char)), ['{"n":1}', 'two\nlines', '']);
});
