/**
 * The data of server-sent events (WHATWG HTML, 9.2.6) from bytes that come in any pieces: lines
 * end with CR, LF or both, comments and other fields are passed over, data of several lines is
 * joined. `end` also gives an event that lacks its empty line: some servers end so.
 */
export class EventStream {
  private readonly decoder = new TextDecoder();
  private rest = '';
  private data: string | null = null;

  constructor(private readonly onData: (data: string) => void) {}

  /** Characters kept for a line that has not ended; the caller bounds it. */
  get pending(): number {
    return this.rest.length + (this.data?.length ?? 0);
  }

  write(bytes: Uint8Array): void {
    this.read(this.decoder.decode(bytes, { stream: true }));
  }

  end(): void {
    this.read(this.decoder.decode());
    if (this.rest !== '') this.line(this.rest);
    this.rest = '';
    this.line('');
  }

  private read(text: string): void {
    const whole = this.rest === '' ? text : this.rest + text;
    let start = 0;
    for (let end = nextEnd(whole, start); end >= 0; end = nextEnd(whole, start)) {
      const isReturn = whole.charCodeAt(end) === carriageReturn;
      // The second half of a line's end may still be on its way.
      if (isReturn && end + 1 === whole.length) break;
      this.line(whole.slice(start, end));
      start = end + (isReturn && whole.charCodeAt(end + 1) === lineFeed ? 2 : 1);
    }
    this.rest = whole.slice(start);
  }

  private line(line: string): void {
    if (line === '') {
      if (this.data !== null) this.onData(this.data);
      this.data = null;
      return;
    }
    if (!line.startsWith('data')) return;
    const after = line.charCodeAt(4);
    if (line.length > 4 && after !== colon) return;
    const value = line.slice(line.charCodeAt(5) === space ? 6 : 5);
    this.data = this.data === null ? value : `${this.data}\n${value}`;
  }
}

const carriageReturn = 13;
const lineFeed = 10;
const colon = 58;
const space = 32;

function nextEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  // A stream is of one kind: the search for the other must not go to the end each time.
  const back = text.slice(from, feed < 0 ? undefined : feed).indexOf('\r');
  return back < 0 ? feed : from + back;
}
