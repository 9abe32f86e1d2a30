import type { ToldWait } from '../engine/domain/chat';
import { plainText } from '../engine/redaction/plainText';

const barWidth = 24;
const lineEveryMs = 10_000;
const drawEveryMs = 80;

/**
 * Progress on stderr: a bar on a terminal, a line each 10 s elsewhere, nothing when quiet.
 * Standard output is left to results.
 */
export class Progress {
  private lastDrawn = 0;
  private lastLine = Date.now();
  private drawn = false;

  constructor(
    private readonly quiet: boolean,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** `total` is null where it is not known yet. */
  show(text: string, done: number, total: number | null): void {
    if (this.quiet) return;
    const what = plainText(text).replaceAll('\n', ' ');
    const now = Date.now();
    if (this.stream.isTTY) {
      if (now - this.lastDrawn < drawEveryMs && done !== total) return;
      this.lastDrawn = now;
      this.drawn = true;
      const most = (this.stream.columns || 80) - 1;
      this.stream.write(`\r\u001b[2K${`${bar(done, total)} ${what}`.slice(0, most)}`);
    } else if (now - this.lastLine >= lineEveryMs) {
      this.lastLine = now;
      const count = total === null ? '' : ` ${String(done)} of ${String(total)}`;
      this.stream.write(`${what}${count}\n`);
    }
  }

  /** A line that stays, for what is to be read before work begins. */
  say(text: string): void {
    if (this.quiet) return;
    this.end();
    this.stream.write(`${plainText(text)}\n`);
  }

  /** That nothing moves for a while, why, and until when by the clock of this machine. */
  waits({ kind, reason, waitMs, until }: ToldWait): void {
    if (waitMs === null || until === null)
      return this.say(`Waiting for the first answer of ${reason}`);
    const seconds = `${String(Math.ceil(waitMs / 1000))} s`;
    if (kind === 'unreached') {
      return this.say(`Nothing answers (${reason}); trying again for at most ${seconds}`);
    }
    const at = new Date(until).toTimeString().slice(0, 8);
    this.say(`Waiting ${seconds}, until ${at}: ${reason}`);
  }

  end(): void {
    if (this.drawn) this.stream.write('\r\u001b[2K');
    this.drawn = false;
  }
}

function bar(done: number, total: number | null): string {
  if (total === null || total === 0) return `[${'·'.repeat(barWidth)}]`;
  const full = Math.round((Math.min(done, total) / total) * barWidth);
  return `[${'█'.repeat(full)}${'·'.repeat(barWidth - full)}] ${String(done)}/${String(total)}`;
}
