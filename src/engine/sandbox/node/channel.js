'use strict';
// Texts over a pipe or socket: the length in bytes, 32 bits big endian, then UTF-8.
const { readSync, writeSync } = require('node:fs');

const maxFrameBytes = 8 * 1024 * 1024;
const headBytes = 4;

function frame(text) {
  const bytes = Buffer.allocUnsafe(headBytes + Buffer.byteLength(text));
  bytes.writeUInt32BE(bytes.length - headBytes, 0);
  bytes.write(text, headBytes);
  return bytes;
}

/** Blocks until all is written. Throws RangeError where it is too large to be read. */
function writeFrame(descriptor, text) {
  const bytes = frame(text);
  if (bytes.length > maxFrameBytes) throw new RangeError('more than 8 MB in one call');
  for (let place = 0; place < bytes.length;) place += writeSync(descriptor, bytes, place);
}

/** Blocks until a text has come; null where the other side ended or sent one that is too large. */
function readFrame(descriptor, most = maxFrameBytes) {
  const head = readExactly(descriptor, headBytes);
  const length = head?.readUInt32BE(0) ?? Infinity;
  return length > most ? null : (readExactly(descriptor, length)?.toString('utf8') ?? null);
}

function readExactly(descriptor, length) {
  const bytes = Buffer.allocUnsafe(length);
  for (let place = 0; place < length;) {
    let count = 0;
    try {
      count = readSync(descriptor, bytes, place, length - place, null);
    } catch {
      // The other side is gone.
    }
    if (count === 0) return null;
    place += count;
  }
  return bytes;
}

/** Puts texts together from the pieces in which they come. */
class FrameReader {
  #pieces = [];
  #bytes = 0;
  #told;

  constructor(tell) {
    this.#told = tell;
  }

  take(data) {
    this.#pieces.push(data);
    this.#bytes += data.length;
    while (this.#bytes >= headBytes) {
      if (this.#pieces[0].length < headBytes) this.#join();
      const total = headBytes + this.#pieces[0].readUInt32BE(0);
      if (this.#bytes < total) return;
      this.#join();
      const [all] = this.#pieces;
      this.#pieces = all.length > total ? [all.subarray(total)] : [];
      this.#bytes -= total;
      this.#told(all.toString('utf8', headBytes, total));
    }
  }

  #join() {
    this.#pieces = [Buffer.concat(this.#pieces)];
  }
}

module.exports = { frame, FrameReader, maxFrameBytes, readFrame, writeFrame };
